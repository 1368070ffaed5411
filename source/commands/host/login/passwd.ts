import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {shaCrypt} from '../../../tls/password.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {findAccount, passwordOf, setPassword} from './accounts.js';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What pam_pwquality says of a short one; root may take it nevertheless. */
const complaint = (password: string): string | undefined =>
	password.length < 8 ? 'BAD PASSWORD: The password is shorter than 8 characters' : undefined;

const success = 'passwd: all authentication tokens updated successfully.\n';

/** One letter of `-S` for what stands in /etc/shadow. */
const statusOf = (entry: string): string => (entry.startsWith('!') || entry === '*' ? 'LK' : entry === '' ? 'NP' : 'PS');
const statusText: Readonly<Record<string, string>> = {
	LK: 'Password locked.',
	NP: 'Empty password.',
	PS: 'Password set, SHA512 crypt.',
};

export const passwd: Command<Machine> = {
	name: 'passwd',
	summary: 'set a password',
	*run(io) {
		const {machine} = io;
		const args = parseArguments(io.argv.slice(1), {
			flags: 'dlSuf',
			long: {stdin: 'flag', delete: '=d', lock: '=l', status: '=S', unlock: '=u', force: '=f'},
		});
		if (args.problem) return notSimulated(io, io.argv.slice(0, 2).join(' '));
		const name = args.operands[0] ?? 'root';
		const account = findAccount(machine, name);
		if (!account) {
			io.err(`passwd: Unknown user name '${name}'.\n`);
			return 1;
		}

		const old = passwordOf(machine, name) ?? '*';
		if (args.has('S')) {
			io.out(`${name} ${statusOf(old)} 2026-11-21 0 99999 7 -1 (${statusText[statusOf(old)]})\n`);
			return 0;
		}

		const edits: ReadonlyArray<readonly [letter: string, title: string, entry: string]> = [
			['l', 'Locking', `!!${old.replace(/^!+/, '')}`],
			['u', 'Unlocking', old.replace(/^!+/, '')],
			['d', 'Removing', ''],
		];
		for (const [letter, title, entry] of edits.filter(edit => args.has(edit[0]))) {
			setPassword(machine, name, entry);
			io.out(`${title} password for user ${name}.\npasswd: ${letter === 'd' ? 'Success' : 'Success'}\n`);
			return 0;
		}

		io.out(`Changing password for user ${name}.\n`);
		const words: string[] = [];
		for (const prompt of args.has('stdin') ? [''] : ['New password: ', 'Retype new password: ']) {
			io.err(prompt);
			const line: string | undefined = yield {read: 'line'};
			if (prompt) io.err('\n');
			if (line === undefined) {
				io.err('passwd: Authentication token manipulation error\n');
				return 1;
			}

			words.push(line);
			const bad = words.length === 1 && complaint(line);
			if (bad && prompt) io.err(`${bad}\n`);
		}

		if (words.length === 2 && words[0] !== words[1]) {
			io.err('Sorry, passwords do not match.\npasswd: Authentication token manipulation error\n');
			return 1;
		}

		const random = machine.sim.random.fork(`passwd/${machine.name}/${machine.sim.clock.now()}`);
		const salt = Array.from({length: 16}, () => alphabet[random.int(alphabet.length)]).join('');
		setPassword(machine, name, shaCrypt(words[0]!, salt, '6'));
		io.out(success);
		return 0;
	},
};
