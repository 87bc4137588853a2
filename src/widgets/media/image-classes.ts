import type { ImageContent, MaskContent } from '../../model/media-content/image-content.ts'
import { classColor } from './class-colors.ts'
import type { LegendEntry } from './class-legend.tsx'

/** The classes that boxes and masks of an image are of: one that is named in both has one colour. */
export function imageClasses({ boxes, masks }: ImageContent): readonly LegendEntry[] {
  const names = new Set([
    ...boxes.flatMap(({ label }) => label ?? []),
    ...masks.flatMap((mask) => [...mask.classes.values()].map((name) => maskClassName(mask, name))),
  ])
  return [...names].map((name, index) => ({ name, color: classColor(index), rest: '' }))
}

export function maskClassName(mask: MaskContent, name: string): string {
  return mask.name === '' ? name : `${mask.name}: ${name}`
}
