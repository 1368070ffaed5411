/** `curl --help`, the important ones. */
const important: ReadonlyArray<readonly [option: string, does: string]> = [
	['-d, --data <data>', 'HTTP POST data'],
	['-f, --fail', 'Fail fast with no output on HTTP errors'],
	['-h, --help <category>', 'Get help for commands'],
	['-i, --include', 'Include protocol response headers in the output'],
	['-o, --output <file>', 'Write to file instead of stdout'],
	['-O, --remote-name', 'Write output to a file named as the remote file'],
	['-s, --silent', 'Silent mode'],
	['-T, --upload-file <file>', 'Transfer local FILE to destination'],
	['-u, --user <user:password>', 'Server user and password'],
	['-A, --user-agent <name>', 'Send User-Agent <name> to server'],
	['-v, --verbose', 'Make the operation more talkative'],
	['-V, --version', 'Show version number and quit'],
];

const categories: ReadonlyArray<readonly [name: string, holds: string]> = [
	['auth', 'Different types of authentication methods'],
	['connection', 'Low level networking operations'],
	['curl', 'The command line tool itself'],
	['dns', 'General DNS options'],
	['file', 'FILE protocol options'],
	['ftp', 'FTP protocol options'],
	['http', 'HTTP and HTTPS protocol options'],
	['imap', 'IMAP protocol options'],
	['misc', "Options that don't fit into any other category"],
	['output', 'Filesystem output'],
	['pop3', 'POP3 protocol options'],
	['post', 'HTTP Post specific options'],
	['proxy', 'All options related to proxies'],
	['scp', 'SCP protocol options'],
	['sftp', 'SFTP protocol options'],
	['smtp', 'SMTP protocol options'],
	['ssh', 'SSH protocol options'],
	['telnet', 'TELNET protocol options'],
	['tftp', 'TFTP protocol options'],
	['tls', 'All TLS/SSL related options'],
	['upload', 'All options for uploads'],
	['verbose', 'Options related to any kind of command line output of curl'],
];

const usage = 'Usage: curl [options...] <url>\n';
const list = categories.map(([name, holds]) => ` ${name.padEnd(11)} ${holds}\n`).join('');

/** Undefined: the options of a category one by one, which are not kept. */
export function helpText(category: string | undefined): string | undefined {
	if (category === undefined)
		return (
			usage +
			important.map(([option, does]) => ` ${option.padEnd(26)} ${does}\n`).join('') +
			'\nThis is not the full help, this menu is stripped into categories.\nUse "--help category" to get an overview of all categories.\nFor all options use the manual or "--help all".\n'
		);
	if (category === 'category') return `${usage}${list}`;
	if (category === 'all' || categories.some(([name]) => name === category)) return undefined;
	return `${usage}Invalid category provided, here is a list of all categories:\n\n${list}`;
}
