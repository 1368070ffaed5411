import {linkSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import process from 'node:process';

/** Held by one at a time. */
export interface Lock {
	release(): void;
}

/** By this process: a lock that bears its number and is not among these was left by one that had the same number before. */
const held = new Set<string>();
let tries = 0;

/** `undefined`: another one lives and has it. A lock whose holder is dead (killed, or the machine was switched off) is taken over. */
export function takeLock(path: string): Lock | undefined {
	for (let attempts = 0; attempts < 3; attempts++) {
		if (claim(path)) return lockOf(path);
		const holder = holderOf(path);
		if (holder !== undefined && lives(holder, path)) return undefined;
		if (!removeStale(path, holder)) return undefined;
	}
	return undefined;
}

/** The file appears with its content, or not at all. */
function claim(path: string): boolean {
	const draft = `${path}.${process.pid}.${++tries}`;
	try {
		writeFileSync(draft, String(process.pid), {mode: 0o600});
		linkSync(draft, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(draft, {force: true});
	}
}

/** Of several that find the same dead holder one succeeds; the others must not remove the lock of that one. */
function removeStale(path: string, holder: number | undefined): boolean {
	const aside = `${path}.${process.pid}.stale`;
	try {
		renameSync(path, aside);
	} catch {
		return true;
	}
	const same = holderOf(aside) === holder;
	if (!same) claimBack(aside, path);
	rmSync(aside, {force: true});
	return same;
}

function claimBack(aside: string, path: string) {
	try {
		linkSync(aside, path);
	} catch {}
}

function lockOf(path: string): Lock {
	held.add(path);
	const release = () => {
		process.off('exit', release);
		if (held.delete(path) && holderOf(path) === process.pid) rmSync(path, {force: true});
	};
	process.on('exit', release);
	return {release};
}

function holderOf(path: string): number | undefined {
	try {
		const pid = Number(readFileSync(path, 'utf8'));
		return Number.isInteger(pid) && pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
}

function lives(pid: number, path: string): boolean {
	if (pid === process.pid) return held.has(path);
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
