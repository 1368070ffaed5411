import {setMaxListeners} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import type {Host} from './host.js';
import {runProgram} from './program.js';

const host: Host = {
	env: process.env,
	stdinIsTerminal: Boolean(process.stdin.isTTY),
	stdoutIsTerminal: Boolean(process.stdout.isTTY),
	columns: process.stdout.columns ?? 80,
	rows: process.stdout.rows ?? 24,
	out: text => new Promise(resolve => (process.stdout.write(text) ? resolve() : process.stdout.once('drain', resolve))),
	err: text => void process.stderr.write(text),
	async readStdin() {
		const chunks: Buffer[] = [];
		for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks);
	},
	stdinLines: () => createInterface({input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY}),
};

// Twenty jobs of one line all listen for its Ctrl-C: node's warning of a leak would be printed into the screen.
setMaxListeners(0);

// `kubelab list | head -1` closes the pipe early: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(0);
	throw error;
});

void runProgram(process.argv.slice(2), host).then(status => (process.exitCode = status));
