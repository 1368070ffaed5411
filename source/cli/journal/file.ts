import {closeSync, fsyncSync, ftruncateSync, openSync, writeSync} from 'node:fs';

/** A file that only grows. What could not be written whole is taken back, so that a later attempt finds a sound end. */
export interface GrowingFile {
	/** On disk when it returns. Throws the system's error; then nothing was added. */
	append(text: string): void;
	close(): void;
}

/** Opens `path` for writing after its first `bytes`; what stood behind them is cut off. */
export function growFrom(path: string, bytes: number): GrowingFile {
	const descriptor = openSync(path, bytes === 0 ? 'w' : 'r+', 0o600);
	let length = bytes;
	const cutBack = () => {
		try {
			ftruncateSync(descriptor, length);
		} catch {}
	};
	cutBack();
	return {
		append(text) {
			const content = Buffer.from(text);
			try {
				for (let written = 0; written < content.length; )
					written += writeSync(descriptor, content, written, content.length - written, length + written);
				fsyncSync(descriptor);
			} catch (error) {
				cutBack();
				throw error;
			}
			length += content.length;
		},
		close: () => closeSync(descriptor),
	};
}
