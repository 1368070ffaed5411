/** /etc/services, as far as messages name ports. */
const names: Readonly<Record<string, string>> = {
	'20/tcp': 'ftp-data',
	'21/tcp': 'ftp',
	'22/tcp': 'ssh',
	'23/tcp': 'telnet',
	'25/tcp': 'smtp',
	'53/tcp': 'domain',
	'53/udp': 'domain',
	'80/tcp': 'http',
	'110/tcp': 'pop3',
	'123/udp': 'ntp',
	'143/tcp': 'imap2',
	'443/tcp': 'https',
	'3306/tcp': 'mysql',
	'5432/tcp': 'postgresql',
	'6379/tcp': 'redis',
	'8080/tcp': 'http-alt',
};

export const serviceName = (port: number, protocol: 'tcp' | 'udp'): string | undefined => names[`${port}/${protocol}`];

/** A number, or a service's name. */
export function portNumber(text: string): number | undefined {
	if (/^\d+$/.test(text)) return Number(text);
	const entry = Object.entries(names).find(([, name]) => name === text);
	return entry ? Number(entry[0].split('/')[0]) : undefined;
}
