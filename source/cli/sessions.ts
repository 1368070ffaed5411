import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import {type AnswerStep, type Bundle, readAnswers} from '../lab/answers.js';
import {userFolder} from './folders.js';
import type {Host} from './host.js';
import {type BookmarkFile, bookmarkFile} from './journal/bookmark-file.js';
import {type GrowingFile, growFrom} from './journal/file.js';
import {type Heading, type JournalRead, NewerJournal, readJournal, seal, sealHeading} from './journal/lines.js';
import {type Lock, takeLock} from './journal/lock.js';
import {version} from './version.js';

/** What is typed in a lab, kept after each command: what is lost at worst is the command in flight. */
export interface KeptSession {
	/** What was typed last time, to go on from; nothing when it began from another seed. */
	readonly steps: readonly AnswerStep[];
	/** What the learner should know: it was damaged, another process has it, it cannot be kept. */
	readonly notice: string | undefined;
	/**
	 * All that was typed so far. Returns what the learner should know when it could not be kept; the next call tries again. What does not
	 * continue the session of last time begins a new one, and the old one is kept as `previous`.
	 */
	record(steps: readonly AnswerStep[]): string | undefined;
	/** The world that some of it led to. */
	readonly bookmark?: BookmarkFile;
	close(): void;
}

const folderOf = (host: Host) => path.join(userFolder(host.env), 'sessions');
const fileOf = (host: Host, name: string) => path.join(folderOf(host), `${name}.jsonl`);
/** Version 1: one bundle. */
const oldFileOf = (host: Host, name: string) => path.join(folderOf(host), `${name}.json`);
/** So many processes may sit in one lab. */
const seatsMax = 20;

/** Opens a lab's journal for one process. Never throws: what cannot be kept is said in `notice`. */
export function openSession(host: Host, lab: string, seed: string, from?: string): KeptSession {
	const heading: Heading = {lab, seed, ...(from !== undefined && {from})};
	try {
		mkdirSync(folderOf(host), {recursive: true, mode: 0o700});
		for (let seat = 1; seat <= seatsMax; seat++) {
			const name = seat === 1 ? lab : `${lab}~${seat}`;
			const lock = takeLock(`${fileOf(host, name)}.lock`);
			if (!lock) continue;
			try {
				return openSeat(host, heading, name, seat, lock);
			} catch (error) {
				lock.release();
				if (!(error instanceof NewerJournal)) throw error;
			}
		}
		return unkept(`${seatsMax} others are in this lab: what is typed here is not kept`);
	} catch (error) {
		return unkept(`what is typed here cannot be kept: ${reasonOf(error)}`);
	}
}

const unkept = (notice: string): KeptSession => ({steps: [], notice, record: () => undefined, close() {}});

function openSeat(host: Host, heading: Heading, name: string, seat: number, lock: Lock): KeptSession {
	const file = fileOf(host, name);
	const read = existsSync(file) ? readJournal(readFileSync(file, 'utf8')) : undefined;
	const damage = existsSync(file) ? putDamageAside(file, read) : undefined;
	const mine = read?.heading.lab === heading.lab && read.heading.seed === heading.seed && read.heading.from === heading.from;
	const old = read ? undefined : readOld(host, name, heading);
	const steps = mine ? read.steps : (old ?? []);
	const apart =
		seat > 1 ? `another kubelab is in this lab, or a newer one kept its session: this one is kept apart, as ${name}` : undefined;
	let journal: GrowingFile | undefined = mine ? growFrom(file, read.goodBytes) : undefined;
	let sum = mine ? read.sum : '';
	/** What stands in the file, in order. */
	let written: readonly AnswerStep[] = mine ? steps : [];

	const bookmark = bookmarkFile(file.replace(/\.jsonl$/, '.world'), heading);
	const begin = () => {
		bookmark.remove();
		journal?.close();
		journal = undefined;
		if (existsSync(file)) renameSync(file, `${file}.previous`);
		journal = growFrom(file, 0);
		const first = sealHeading(heading, version());
		journal.append(first.line);
		sum = first.sum;
		written = [];
	};
	return {
		steps,
		bookmark,
		notice:
			[damage, apart, steps.length > 0 ? typedElsewhere(mine ? read.by : undefined) : undefined].filter(Boolean).join('; ') || undefined,
		record(all) {
			try {
				if (!journal || !continues(all, written)) begin();
				const more = all.slice(written.length);
				let text = '';
				let last = sum;
				for (const step of more) {
					const sealed = seal(step, last);
					text += sealed.line;
					last = sealed.sum;
				}
				journal!.append(text);
				sum = last;
				written = [...all];
				rmSync(oldFileOf(host, name), {force: true});
				return undefined;
			} catch (error) {
				return `the last command could not be kept: ${reasonOf(error)}; it is tried again after the next one`;
			}
		},
		close() {
			journal?.close();
			journal = undefined;
			lock.release();
		},
	};
}

const continues = (all: readonly AnswerStep[], written: readonly AnswerStep[]) =>
	all.length >= written.length && (written.length === 0 || JSON.stringify(all[written.length - 1]) === JSON.stringify(written.at(-1)));

/** The same words in another version may lead to another world; a kept world is only taken by the build that wrote it. */
const typedElsewhere = (by: string | undefined) =>
	by === version()
		? undefined
		: `this was typed in ${by ? `kubelab ${by}` : 'an older kubelab'}; ${version()} types it again, and may answer differently`;

/** What follows the last good line is kept beside it before it is written over. */
function putDamageAside(file: string, read: JournalRead | undefined): string | undefined {
	if (read?.end === 'whole') return undefined;
	if (read?.end === 'cut') return `the last session ends in the middle of a command: its first ${read.steps.length} are whole`;
	const aside = `${file}.damaged`;
	copyFileSync(file, aside);
	return `the last session is damaged after its first ${read?.steps.length ?? 0} commands; the whole file was put aside as ${aside}`;
}

function readOld(host: Host, name: string, {lab, seed, from}: Heading): readonly AnswerStep[] | undefined {
	if (from !== undefined) return undefined;
	try {
		const answers = readAnswers(readFileSync(oldFileOf(host, name), 'utf8'));
		return answers.form === 'bundle' && answers.lab === lab && answers.seed === seed ? answers.steps : undefined;
	} catch {
		return undefined;
	}
}

/** A lab's last session as a bundle to hand in, or the last session of all. */
export function lastSession(host: Host, lab?: string): string | undefined {
	try {
		const files = readdirSync(folderOf(host))
			.filter(name => /\.jsonl?$/.test(name) && (lab === undefined || name.replace(/(~\d+)?\.jsonl?$/, '') === lab))
			.map(name => path.join(folderOf(host), name))
			.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
		return files[0] && bundleOf(readFileSync(files[0], 'utf8'));
	} catch {
		return undefined;
	}
}

function bundleOf(text: string): string {
	const read = readJournal(text);
	if (!read) return text;
	const bundle: Bundle = {kubelab: 1, ...read.heading, steps: read.steps};
	return `${JSON.stringify(bundle)}\n`;
}

function reasonOf(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	const reasons: Readonly<Record<string, string>> = {
		ENOSPC: 'the disk is full',
		EDQUOT: 'the disk quota is used up',
		EACCES: 'permission denied',
		EPERM: 'permission denied',
		EROFS: 'the disk is read-only',
	};
	return reasons[code ?? ''] ?? message;
}
