/** Texts that only the package has: its build makes them (`scripts/build-library.mjs`). */
declare module 'kymo:text/*' {
  const text: string
  export default text
}
