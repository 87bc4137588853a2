/** Source: IANA, application/vnd.sqlite3. */
export const KYMO_DB_MIME = 'application/vnd.sqlite3'
