import type {ImageVariant} from '../../node/image/image.js';

const mib = 1_048_576;

/** Tags that differ in size only: `{latest: 72, '1.27': 72}` in MiB as a registry counts (compressed). */
export function tagsOf(
	sizesMib: Readonly<Record<string, number>>,
	variant: (tag: string) => Omit<ImageVariant, 'sizeBytes'>,
): Record<string, ImageVariant> {
	return Object.fromEntries(
		Object.entries(sizesMib).map(([tag, size]) => {
			// Bytes that do not look made up.
			const odd = [...tag].reduce((sum, char) => (sum * 131 + char.charCodeAt(0)) % 65_521, 7);
			return [tag, {...variant(tag), sizeBytes: Math.floor(size * mib) + odd}];
		}),
	);
}
