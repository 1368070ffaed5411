/** `machine NAME login USER password SECRET`, `default ...`: who one is at a host (lib/netrc.c). */
export function netrcAccount(text: string, host: string): {readonly login?: string; readonly password?: string} | undefined {
	const words = text.replace(/^\s*#.*$/gm, '').match(/\S+/g) ?? [];
	let fits = false;
	const found: {login?: string; password?: string} = {};
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (word === 'machine' || word === 'default') {
			if (fits) break;
			fits = word === 'default' || words[++i]?.toLowerCase() === host.toLowerCase();
		} else if (fits && (word === 'login' || word === 'password')) {
			const value = words[++i];
			if (value !== undefined) found[word] = value;
		} else if (word === 'login' || word === 'password' || word === 'account') i++;
	}

	return fits ? found : undefined;
}
