import {closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync, gzipSync} from 'node:zlib';
import type {Bookmark} from '../../lab/bookmark.js';
import {hashJson} from '../../sim/hash.js';
import {version} from '../version.js';
import type {Heading} from './lines.js';

/** One world beside a journal: the latest. It only saves time: whatever is wrong with it, the journal is played from its beginning. */
export interface BookmarkFile {
	read(): Bookmark | undefined;
	write(bookmark: Bookmark): void;
	remove(): void;
}

/** A larger one would cost more than it saves, and disks are finite. */
const bytesMax = 32 * 2 ** 20;

/**
 * What a world looks like inside may differ between any two builds; run from the sources nobody knows which one this is, and nothing
 * is kept.
 */
function buildOf(): string | undefined {
	if (/\/source\/cli\//.test(import.meta.url)) return undefined;
	const {size, mtimeMs} = statSync(fileURLToPath(import.meta.url));
	return `${version()} ${size} ${mtimeMs}`;
}

export function bookmarkFile(file: string, heading: Heading, build = buildOf()): BookmarkFile {
	const belongsTo = hashJson([build, heading]);
	return {
		read() {
			if (build === undefined) return undefined;
			try {
				if (statSync(file).size > bytesMax) return undefined;
				const text = gunzipSync(readFileSync(file), {maxOutputLength: 16 * bytesMax}).toString();
				const end = text.indexOf('\n');
				const bookmark = text.slice(end + 1);
				return text.slice(0, end) === `${belongsTo} ${hashJson(bookmark)}` ? JSON.parse(bookmark) : undefined;
			} catch {
				return undefined;
			}
		},
		write(bookmark) {
			if (build === undefined) return;
			const text = JSON.stringify(bookmark);
			const bytes = gzipSync(`${belongsTo} ${hashJson(text)}\n${text}`, {level: 1});
			if (bytes.length <= bytesMax) replace(file, bytes);
		},
		remove: () => rmSync(file, {force: true}),
	};
}

/** Whole, or as it was. */
function replace(file: string, bytes: Uint8Array): void {
	const draft = `${file}.new`;
	try {
		const descriptor = openSync(draft, 'w', 0o600);
		try {
			for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}

		renameSync(draft, file);
	} catch {
		rmSync(draft, {force: true});
	}
}
