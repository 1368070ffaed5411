/** The shell that complains. */
export interface Speaker {
	readonly name: string;
	readonly interactive: boolean;
	readonly line: number;
}

/** How one kind of shell words its complaints. */
export interface Dialect {
	readonly name: 'bash' | 'busybox' | 'dash';
	prefix(shell: Speaker): string;
	notFound(shell: Speaker, command: string): string;
}

/** bash 5.1: a login shell leads with `-bash: `, a script or `-c` also names the line. */
export const bash: Dialect = {
	name: 'bash',
	prefix: shell => (shell.interactive || shell.name === '-bash' ? `${shell.name}: ` : `${shell.name}: line ${shell.line}: `),
	notFound: (shell, command) => `${bash.prefix(shell)}${command}: command not found`,
};

export const busybox: Dialect = {
	name: 'busybox',
	prefix: shell =>
		shell.interactive || shell.name === 'sh' || shell.name.endsWith('/sh') ? `${shell.name}: ` : `${shell.name}: line ${shell.line}: `,
	notFound: (shell, command) => `${busybox.prefix(shell)}${command}: not found`,
};

export const dash: Dialect = {
	name: 'dash',
	prefix: shell => `${shell.name}: ${shell.line}: `,
	notFound: (shell, command) => `${dash.prefix(shell)}${command}: not found`,
};
