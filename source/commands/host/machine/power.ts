import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';

/** A virtual machine of this size is back after about this long. */
const bootMs = 25_000;

/** `now`, `+0`, or nothing for the commands that do not wait. */
function delayMinutes(name: string, words: readonly string[]): number | undefined {
	if (name !== 'shutdown') return 0;
	const when = words.find(word => !word.startsWith('-')) ?? '+1';
	return when === 'now' ? 0 : /^\+?\d+$/.test(when) ? Number(when) : undefined;
}

function* power(io: Io<Machine>): Run {
	const name = io.argv[0]!.split('/').at(-1)!;
	const words = io.argv.slice(1);
	const {world, host, kind} = io.machine;
	if (kind === 'container') {
		io.err("System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n");
		return 1;
	}

	if (delayMinutes(name, words) !== 0 || words.includes('-c')) return notSimulated(io, `${name} ${words.join(' ')} (only at once)`);
	if (name === 'init' && words[0] !== '0' && words[0] !== '6') return notSimulated(io, `init ${words[0] ?? ''}`);
	const restart =
		name === 'reboot' || words[0] === '6' || (name === 'shutdown' && words.some(word => /^-\w*r/.test(word) || word === '--reboot'));
	world.setPower(host, false);
	if (!restart) return 0;
	// The machine is away while it starts; whoever asked over ssh is cut off, too, and sees time pass.
	yield {sleepMs: bootMs};
	world.setPower(host, true);
	return 0;
}

export default {
	name: 'reboot',
	aliases: ['poweroff', 'shutdown', 'halt', 'init'],
	path: '/usr/sbin/reboot',
	summary: 'turn the machine off, or off and on',
	run: power,
} satisfies Command<Machine>;
