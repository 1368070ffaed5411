import type {Edited} from '../session/edited.js';
import type {Vi} from './state.js';

/** What vi sees of the machine's files. It writes none: what it was left with is written once it has ended. */
export interface Disk {
	/** The whole path of a name. */
	resolve(name: string): string;
	/** `nothing`: it could be written; `nowhere`: it could not, its folder is missing. */
	look(path: string): {readonly text: string} | 'folder' | 'nothing' | 'nowhere';
}

/** As far as this vi has written it, else as the machine has it. */
export const lookAt = ({written, disk}: Vi, path: string): ReturnType<Disk['look']> => {
	const text = written[path];
	return text === undefined ? (disk?.look(path) ?? 'nowhere') : {text};
};

/** What vi is left with: the file it was opened on, and the others that it wrote. */
export function leftBy(vi: Vi): Edited | undefined {
	const {[vi.main]: text, ...others} = vi.saved === undefined ? vi.written : {...vi.written, [vi.path]: vi.saved};
	return Object.keys(others).length === 0 ? text : {...(text !== undefined && {text}), others};
}
