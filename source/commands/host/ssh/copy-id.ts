import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {reach} from './reach.js';

const self = '/usr/bin/ssh-copy-id';
/** Those that ssh tries by itself, as ssh-copy-id looks for them. */
const usualNames = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_xmss'];

export const copyId: Command<Machine> = {
	name: 'ssh-copy-id',
	summary: 'let a key log in on another machine',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'fnsh?', values: 'ipFot'});
		const [destination] = args.operands;
		if (args.problem || destination === undefined || args.operands.length > 1 || args.has('h')) {
			io.err(
				`Usage: ${self} [-h|-?|-f|-n|-s] [-i [identity_file]] [-p port] [-F alternative ssh_config file] [[-o <ssh -o options>] ...] [user@]hostname\n`,
			);
			return 1;
		}

		if (args.has('n') || args.has('s')) return notSimulated(io, `ssh-copy-id -${args.has('n') ? 'n' : 's'}`);
		const folder = `${io.env['HOME'] ?? '/root'}/.ssh`;
		const {files} = io.machine;
		const given = args.value('i')?.replace(/(?:\.pub)?$/, '.pub');
		const found = given ?? usualNames.map(name => `${folder}/${name}.pub`).find(path => files.exists(path));
		if (found === undefined || !files.exists(io.path(found))) {
			io.err(given ? `\n${self}: ERROR: failed to open ID file '${given}': No such file\n` : `\n${self}: ERROR: No identities found\n`);
			return 1;
		}

		const [user, name = ''] = destination.includes('@') ? destination.split('@') : ['root', destination];
		io.err(`${self}: INFO: Source of key(s) to be installed: "${found}"\n`);
		const {host, problem, waitMs} = reach(io, name, Number(args.value('p') ?? 22));
		if (waitMs > 0) yield {sleepMs: waitMs};
		if (!host) {
			io.err(`\n${self}: ERROR: ssh: ${problem}\n\n`);
			return 1;
		}

		if (user !== 'root') return notSimulated(io, 'ssh-copy-id of another user than root');
		const keys = files.readText(io.path(found)).split('\n').filter(Boolean);
		const path = '/root/.ssh/authorized_keys';
		const known = host.files.exists(path) ? host.files.readText(path).split('\n') : [];
		const fresh = args.has('f') ? keys : keys.filter(key => !known.includes(key));
		if (!args.has('f')) io.err(`${self}: INFO: attempting to log in with the new key(s), to filter out any that are already installed\n`);
		if (fresh.length === 0) {
			io.err(
				`\n${self}: WARNING: All keys were skipped because they already exist on the remote system.\n\t\t(if you think this is a mistake, you may want to use -f option)\n\n`,
			);
			return 0;
		}

		if (!args.has('f'))
			io.err(`${self}: INFO: ${fresh.length} key(s) remain to be installed -- if you are prompted now it is to install the new keys\n`);
		host.files.makeFolder('/root/.ssh', {recursive: true, mode: 0o700});
		host.files.write(path, `${fresh.join('\n')}\n`, {mode: 0o600, append: true});
		io.out(
			`\nNumber of key(s) added: ${fresh.length}\n\nNow try logging into the machine, with:   "ssh '${destination}'"\nand check to make sure that only the key(s) you wanted were added.\n\n`,
		);
		return 0;
	},
};
