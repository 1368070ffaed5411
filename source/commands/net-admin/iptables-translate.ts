import {IptablesError} from '../../net/iptables/iptables.js';
import {readRuleWords} from '../../net/iptables/rule-spec.js';
import {usage} from '../../net/iptables/text.js';
import {type CommandWords, readWords} from '../../net/iptables/words.js';
import {attempt} from './iptables.js';
import {translateCommand} from './nft/translate-command.js';
import {tool} from './tool.js';

const name = 'iptables-translate';

/** Says a command of iptables as one of nft, and changes nothing. */
export default tool({
	name,
	aliases: ['iptables-nft-translate'],
	summary: 'say a rule of iptables in the words of nft',
	path: '/usr/sbin/iptables-translate',
	run: io =>
		attempt(io, () => {
			const given = io.argv.slice(1);
			try {
				const words = readWords(given, 'iptables');
				if (words.print !== undefined) io.out(words.print.replace(/^iptables/, name));
				else io.out(`nft ${said(words, given)}\n`);
			} catch (error) {
				throw error instanceof IptablesError && error.exitCode === 2 ? new IptablesError(usage(error.message, name, ''), 2) : error;
			}
		}),
});

function said(words: CommandWords, given: readonly string[]): string {
	const {command = '', table, chain} = words;
	const whole = {flush: 'flush', new: 'add', 'delete-chain': 'delete'}[command];
	if (command === 'list') return `list table ip ${table}`;
	if (command === 'flush' && chain === '') return `flush table ip ${table}`;
	if (whole) return `${whole} chain ip ${table} ${chain || '(null)'}`;
	const verb = {append: 'add', insert: 'insert'}[command];
	if (!verb) throw new IptablesError('Translation not implemented\nnft ', 1);
	const [spec] = readRuleWords(words.rule, 4).specs;
	const text = translateCommand(spec!.text);
	// What nft has no words for stays as it is, as a comment.
	return text === undefined ? `# ${given.join(' ')} ` : `'${verb} rule ip ${table} ${chain} ${text}'`;
}
