import {type Answer, type Call, type ScriptCommand, waitForInput} from '../command.js';
import {backslashed, printf} from './printf.js';
import {tool} from './typed.js';

const echo: ScriptCommand = {
	name: 'echo',
	noInput: true,
	run({argv, out}) {
		let words = argv.slice(1);
		let newline = true;
		let escapes = false;
		while (/^-[neE]+$/.test(words[0] ?? '')) {
			if (words[0]!.includes('n')) newline = false;
			if (words[0]!.includes('e')) escapes = true;
			words = words.slice(1);
		}

		const text = words.join(' ');
		out((escapes ? backslashed(text) : text) + (newline ? '\n' : ''));
		return 0;
	},
};

/** Passes on what has come; goes on until the input has ended. */
const tee: ScriptCommand = {
	name: 'tee',
	streaming: true,
	run(call) {
		const {files} = call.run.machine;
		const words = call.argv.slice(1);
		const appends = words.some(word => word === '-a' || word === '--append') || call.memory.value === true;
		const {text, ended} = call.read();
		call.out(text);
		for (const name of words.filter(word => !word.startsWith('-'))) files.write(call.path(name), text, {append: appends});
		call.memory.value = true;
		const wait = ended ? undefined : waitForInput(call.task);
		return wait ? {wait} : 0;
	},
};

function hog({run: {machine}}: Call): Answer {
	machine.world.runtime(machine.host).outOfMemory(machine.container);
	return {wait: {kind: 'ever'}};
}

const tailTool = tool('tail', false);
const tail: ScriptCommand = {
	name: 'tail',
	noInput: true,
	run(call) {
		// It keeps reading: the classic way to run into a memory limit.
		if (call.argv.includes('/dev/zero')) return hog(call);
		const follows = call.argv.some(word => /^-[a-zA-Z]*[fF]|^--follow/.test(word));
		if (!follows) return tailTool.run(call);
		const shown = tailTool.run({...call, argv: call.argv.filter(word => !/^-[fF]$|^--follow/.test(word))});
		return shown === 0 ? {wait: {kind: 'ever'}} : shown;
	},
};

const printfCommand: ScriptCommand = {
	name: 'printf',
	noInput: true,
	run(call) {
		call.out(printf(call.argv[1] ?? '', call.argv.slice(2)));
		return 0;
	},
};

const commands: readonly ScriptCommand[] = [echo, tee, tail, printfCommand];

export default commands;
