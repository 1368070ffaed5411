import type {Bytes} from './der.js';

export interface PemBlock {
	/** `CERTIFICATE`, `PRIVATE KEY` ... */
	readonly label: string;
	readonly bytes: Bytes;
	/** Lines as `Proc-Type: 4,ENCRYPTED`. */
	readonly headers: readonly string[];
}

export const pem = (label: string, bytes: Bytes): string => `-----BEGIN ${label}-----\n${base64Lines(bytes)}-----END ${label}-----\n`;

/** Lines of 64 characters, each ended. */
export const base64Lines = (bytes: Bytes): string =>
	Buffer.from(bytes)
		.toString('base64')
		.replace(/.{1,64}/g, '$&\n');

const block = /-----BEGIN ([^\n-]+)-----\r?\n([\s\S]*?)-----END \1-----/g;

/** Every block in order; text around them is nobody's business, a block whose body is not base64 is no block. */
export function pemBlocks(text: string): PemBlock[] {
	return [...text.matchAll(block)].flatMap(([, label = '', inner = '']) => {
		const lines = inner.split(/\r?\n/);
		const headers = lines.filter(line => line.includes(':'));
		const body = lines
			.filter(line => !line.includes(':'))
			.join('')
			.replace(/\s/g, '');
		if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body) || body.length % 4 !== 0) return [];
		return [{label, bytes: Buffer.from(body, 'base64'), headers}];
	});
}
