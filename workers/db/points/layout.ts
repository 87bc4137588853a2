/**
 * Most points of a chunk, and how many a series that grows slowly gathers first. Twice as many would double the memory
 * of a tail and what a window's edge reads. At most 65,535, the largest 16-bit count.
 */
export const CHUNK_POINTS = 8192

/**
 * Points of one series in one batch that become a chunk without waiting for CHUNK_POINTS: what the client sends at full
 * speed is written once and compact, a quarter faster than by way of short chunks.
 */
export const BULK_POINTS = 4096

/** Points of a block, the finest thing with stats of its own; 80 bytes of stats a block are 0.3 bytes a point. */
export const BLOCK_POINTS = 256

/** How many bytes of decoded columns and of block stats a database keeps at hand. */
export const COLUMN_CACHE_BYTES = 32 * 2 ** 20
export const BLOCK_CACHE_BYTES = 24 * 2 ** 20
/** 88 bytes a chunk: 16 MB know the chunks of 1.5 billion points. */
export const INDEX_CACHE_BYTES = 16 * 2 ** 20
