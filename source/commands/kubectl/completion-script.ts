/** The simulated shell completes kubectl by itself; the script only has to be there to be sourced. */
export const commandsScript = (shell: string): string =>
	shell === 'powershell'
		? '# kubectl completion: built into this shell\n'
		: `# ${shell} completion for kubectl: built into this shell\n:\n`;
