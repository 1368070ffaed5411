import type {Edited} from '../session/edited.js';
import type {Disk} from './disk.js';
import type {FileArguments} from './file-arguments.js';
import {runShellCommand} from './shell-command.js';
import {isModified, linesOf, remember, textOf, type Vi} from './state.js';

const notHere = (vi: Vi, what: string): Vi => ({...vi, message: `kubelab: not simulated: ${what}`});
const noWrite = 'E37: No write since last change (add ! to override)';
const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const sizeOf = (text: string) => `${text === '' ? 0 : linesOf(text).length}L, ${bytesOf(text)}B`;

/** `%` is the file that is edited, `#` the one before. Undefined: there is none before. */
function nameIn(vi: Vi, argument: string): string | undefined {
	if (argument === '%') return vi.name;
	return argument === '#' ? vi.alternate : argument;
}

const pathOf = ({name, path, disk}: Vi, given: string): string =>
	given === name || (!disk && given === name.split('/').at(-1)) ? path : (disk?.resolve(given) ?? given);

/** `:w`, `:w FILE`, `:2,5w FILE`, `:w >> FILE`. */
export function write(vi: Vi, args: FileArguments): Vi {
	const {bang, given, first, last} = args;
	if (args.argument.startsWith('!')) return runShellCommand(vi, args.argument.slice(1), 'screen', args, true);
	const appends = args.argument.startsWith('>>');
	const name = nameIn(vi, args.argument.replace(/^>>\s*/, '') || '%');
	if (name === undefined) return {...vi, message: "E194: No alternate file name to substitute for '#'"};
	const path = pathOf(vi, name);
	const text = given ? `${vi.lines.slice(first, last + 1).join('\n')}\n` : textOf(vi);
	if (path === vi.path && !appends) return writeOwn(vi, text, args);
	if (!vi.disk) return notHere(vi, 'writing to another file here');
	const there = path === vi.path ? {text: vi.saved ?? vi.onDisk} : lookAt(vi, path);
	if (there === 'folder') return {...vi, message: `"${name}" is a directory`};
	if (there === 'nowhere') return {...vi, message: `"${name}" E212: Can't open file for writing`};
	if (appends && there === 'nothing' && !bang) return {...vi, message: `E484: Can't open file ${name}`};
	if (!appends && there !== 'nothing' && !bang) return {...vi, message: 'E13: File exists (add ! to override)'};
	const before = appends && there !== 'nothing' ? there.text : '';
	const done = appends ? 'appended' : 'written';
	return {
		...vi,
		written: {...vi.written, [path]: before + text},
		...(path === vi.path && {saved: before + text}),
		message: `"${name}" ${there === 'nothing' ? '[New] ' : ''}${sizeOf(text)} ${done}`,
	};
}

function writeOwn(vi: Vi, text: string, {bang, given}: FileArguments): Vi {
	if (given && text !== textOf(vi) && !bang) return {...vi, message: 'E140: Use ! to write partial buffer'};
	if (vi.readOnly && !bang) return {...vi, message: "E45: 'readonly' option is set (add ! to override)"};
	return {...vi, saved: text, isNew: false, message: `"${vi.name}" ${vi.isNew ? '[New] ' : ''}${sizeOf(text)} written`};
}

export function quit(vi: Vi, {bang}: FileArguments): Vi {
	return isModified(vi) && !bang ? {...vi, message: noWrite} : {...vi, done: true};
}

export function writeAndQuit(vi: Vi, args: FileArguments): Vi {
	const written = write(vi, args);
	return / (?:written|appended)$/.test(written.message) && (args.argument === '' ? !isModified(written) : true)
		? quit(written, args)
		: written;
}

/** `:e FILE`, `:e #`; `:e!` takes what is on disk again. */
export function edit(vi: Vi, {bang, argument}: FileArguments): Vi {
	const name = nameIn(vi, argument || '%');
	if (name === undefined) return {...vi, message: 'E23: No alternate file'};
	if (isModified(vi) && !bang) return {...vi, message: noWrite};
	const path = pathOf(vi, name);
	if (path === vi.path) return bang ? reload(vi) : {...vi, message: `"${name}" ${sizeOf(textOf(vi))}`};
	if (!vi.disk) return notHere(vi, 'editing another file here');
	const written = vi.saved === undefined ? vi.written : {...vi.written, [vi.path]: vi.saved};
	const there = lookAt({...vi, written}, path);
	if (there === 'folder') return {...vi, message: `"${name}" is a directory`};
	const isNew = there === 'nothing' || there === 'nowhere';
	const text = isNew ? '' : there.text;
	const {saved: _, ...rest} = vi;
	return {
		...rest,
		written,
		path,
		name,
		alternate: vi.name,
		lines: linesOf(text),
		onDisk: text,
		isNew,
		...{row: 0, column: 0, wanted: 0, top: 0, undo: [], redo: [], marks: {}},
		message: isNew ? `"${name}" [New]` : `"${name}" ${sizeOf(text)}`,
	};
}

function reload(vi: Vi): Vi {
	const text = vi.saved ?? vi.onDisk;
	return {...remember(vi), lines: linesOf(text), row: 0, column: 0, message: `"${vi.name}" ${sizeOf(text)}`};
}

/** `:r FILE` puts it below the line, `:0r` above the first. */
export function read(vi: Vi, args: FileArguments): Vi {
	const {argument, last, given, above} = args;
	if (argument.startsWith('!')) return runShellCommand(vi, argument.slice(1), 'below', args);
	const name = nameIn(vi, argument || '%');
	if (name === undefined) return {...vi, message: "E194: No alternate file name to substitute for '#'"};
	if (!vi.disk) return notHere(vi, 'reading another file here');
	const there = lookAt(vi, pathOf(vi, name));
	if (there === 'folder') return {...vi, message: `"${name}" is a directory`};
	if (there === 'nothing' || there === 'nowhere') return {...vi, message: `E484: Can't open file ${name}`};
	const message = `"${name}" ${sizeOf(there.text)}`;
	if (there.text === '') return {...vi, message};
	const at = above ? 0 : (given ? last : vi.row) + 1;
	return {...remember(vi), lines: [...vi.lines.slice(0, at), ...linesOf(there.text), ...vi.lines.slice(at)], row: at, column: 0, message};
}

/** As far as this vi has written it, else as the machine has it. */
const lookAt = ({written, disk}: Vi, path: string): ReturnType<Disk['look']> => {
	const text = written[path];
	return text === undefined ? (disk?.look(path) ?? 'nowhere') : {text};
};

/** What vi is left with: the file it was opened on, and the others that it wrote. */
export function leftBy(vi: Vi): Edited | undefined {
	const {[vi.main]: text, ...others} = vi.saved === undefined ? vi.written : {...vi.written, [vi.path]: vi.saved};
	const left = Object.keys(others).length === 0 ? text : {...(text !== undefined && {text}), others};
	if (!vi.running) return left;
	const {line, typed, shows, stdin} = vi.running;
	return {...(text !== undefined && {text}), others, run: {line, typed, shows, ...(stdin !== undefined && {stdin})}};
}
