/** What a netcat says while it listens, and with which status it ends: there are several of that name. */
export interface Voice {
	listening(address: string, port: number): string;
	connected(address: string, port: number): string;
	readonly taken: (address: string, port: number) => Ending;
	readonly foreign: (address: string, port: number) => Ending;
	readonly badPort: (text: string) => Ending;
	readonly unknown: (host: string, port: number, why: string) => Ending;
}

export type Ending = readonly [text: string, status: number];

export const openbsd: Voice = {
	listening: (address, port) => `Listening on ${address} ${port}\n`,
	connected: (address, port) => `Connection received on ${address} ${port}\n`,
	taken: () => ['nc: Address already in use\n', 1],
	foreign: () => ['nc: Cannot assign requested address\n', 1],
	badPort: text => [`nc: port number invalid: ${text}\n`, 1],
	unknown: (host, port, why) => [`nc: getaddrinfo for host "${host}" port ${port}: ${why}\n`, 1],
};

const quitting = (text: string): Ending => [`Ncat: ${text}. QUITTING.\n`, 2];

/** Of nmap, which is what RHEL installs under the name nc. */
export const nmap: Voice = {
	listening: (address, port) =>
		(address === '0.0.0.0' ? [`:::${port}`, `0.0.0.0:${port}`] : [`${address}:${port}`])
			.map(each => `Ncat: Listening on ${each}\n`)
			.join(''),
	connected: (address, port) => `Ncat: Connection from ${address}.\nNcat: Connection from ${address}:${port}.\n`,
	taken: (address, port) => quitting(`bind to ${address}:${port}: Address already in use`),
	foreign: (address, port) => quitting(`bind to ${address}:${port}: Cannot assign requested address`),
	badPort: text => quitting(`Invalid port number "${text}"`),
	unknown: (host, _, why) => quitting(`Could not resolve hostname "${host}": ${why}`),
};
