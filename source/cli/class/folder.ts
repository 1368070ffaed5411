import {Buffer} from 'node:buffer';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {AnswersError} from '../../lab/answers.js';
import {byText} from '../../lab/class/class-report.js';
import {nameOf} from './file-name.js';
import {readZip} from './zip.js';

/** A file of a class, still unread. */
export interface ClassFile {
	/** Below the folder or archive of the class, with `/`. */
	readonly file: string;
	/** Throws an `AnswersError` that says why it cannot be read. */
	read(): Uint8Array;
}

/** Far more than any answer; what is larger is not even opened. */
const fileBytesMax = 8 * 2 ** 20;
const archiveBytesMax = 256 * 2 ** 20;
const filesMax = 20_000;
const depthMax = 8;

/** What file managers, archivers and editors leave behind; any other hidden file is somebody's answer. */
const litter =
	/(?:^|\/)(?:(?:\.(?!\.?\/)[^/]+|__MACOSX)\/.*|\._[^/]*|\.(?:DS_Store|directory|localized|keep|git\w+)|~\$[^/]*|[^/]*~|Thumbs\.db|desktop\.ini)$/i;

/** Every file of a folder or of a zip, in the order of their paths. A zip inside counts as a folder. Links are not followed. */
export function readClass(source: string): ClassFile[] {
	const isFolder = statSync(source).isDirectory();
	const files = isFolder ? filesOfFolder(Buffer.from(source), '', 0) : filesOfZip('', limited(source, archiveBytesMax));
	const kept = files.filter(({file}) => !litter.test(file));
	if (kept.length > filesMax) throw new AnswersError(`it holds more than ${filesMax} files`);
	return kept.sort((a, b) => byText(a.file, b.file));
}

/** Names are bytes: those of another code page than ours lead to files, too. */
function filesOfFolder(folder: Buffer, below: string, depth: number): ClassFile[] {
	return readdirSync(folder, {withFileTypes: true, encoding: 'buffer'}).flatMap((entry): ClassFile[] => {
		const name = nameOf(entry.name);
		const file = below ? `${below}/${name}` : name;
		const at = Buffer.concat([folder, Buffer.from(path.sep), entry.name]);
		if (litter.test(entry.isDirectory() ? `${file}/` : file)) return [];
		if (entry.isDirectory()) return depth < depthMax ? filesOfFolder(at, file, depth + 1) : [refuse(file, 'its folder lies too deep')];
		if (!entry.isFile()) return [refuse(file, entry.isSymbolicLink() ? 'it is a link' : 'it is not a file')];
		return /\.zip$/i.test(file) ? zipInside(file, () => limited(at, archiveBytesMax)) : [{file, read: () => limited(at, fileBytesMax)}];
	});
}

/** Students pack what they hand in. What is wrong with one archive is said of that archive alone. */
function zipInside(file: string, read: () => Uint8Array): ClassFile[] {
	try {
		const files = filesOfZip(`${file}/`, read());
		return files.length > 0 ? files : [refuse(file, 'it is an empty archive')];
	} catch (error) {
		if (error instanceof AnswersError) return [refuse(file, error.message)];
		throw error;
	}
}

const filesOfZip = (prefix: string, bytes: Uint8Array): ClassFile[] =>
	readZip(bytes).flatMap(entry => {
		const file = `${prefix}${entry.name}`;
		if (entry.size > fileBytesMax) return [refuse(file, tooLarge(entry.size))];
		return prefix === '' && /\.zip$/i.test(file) ? zipInside(file, () => entry.read()) : [{file, read: () => entry.read()}];
	});

const refuse = (file: string, reason: string): ClassFile => ({
	file,
	read() {
		throw new AnswersError(reason);
	},
});

const tooLarge = (size: number) => `it has ${size} bytes; at most ${fileBytesMax} are read`;

function limited(file: string | Buffer, max: number): Uint8Array {
	try {
		const {size} = statSync(file);
		if (size > max) throw new AnswersError(`it has ${size} bytes; at most ${max} are read`);
		return readFileSync(file);
	} catch (error) {
		if (error instanceof AnswersError) throw error;
		throw new AnswersError(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
	}
}
