import {base64Bytes} from '../../api/values/base64.js';
import {alternativeNames} from '../../tls/extensions.js';
import {pemBlocks} from '../../tls/pem.js';
import {readRequest} from '../../tls/request.js';
import {DescribeFailed} from '../describe/failed.js';
import type {Lines} from '../describe/lines.js';

/** Attributes of a subject, in the order kubectl lists them. */
const attributes = [
	['2.5.4.10', 'Organization'],
	['2.5.4.11', 'Organizational Unit'],
	['2.5.4.6', 'Country'],
	['2.5.4.7', 'Locality'],
	['2.5.4.8', 'Province'],
	['2.5.4.9', 'StreetAddress'],
	['2.5.4.17', 'PostalCode'],
] as const;

/** Who the certificate would be for. Models describeCertificateSigningRequest in kubectl/pkg/describe. */
export function putSubject(lines: Lines, request: string): void {
	const {subject, extensions} = parse(request);
	const all = (wanted: string) => subject.filter(([id]) => id === wanted).map(([, value]) => value);
	lines
		.put(0, 'Subject:\n')
		.put(0, `\tCommon Name:\t${all('2.5.4.3').at(-1) ?? ''}\n`)
		.put(0, `\tSerial Number:\t${all('2.5.4.5').at(-1) ?? ''}\n`);
	for (const [id, name] of attributes) putList(lines, name, all(id));
	const {dns = [], emails = [], addresses = []} = alternativeNames(extensions) ?? {};
	if (dns.length + emails.length + addresses.length === 0) return;
	lines.put(0, 'Subject Alternative Names:\n');
	putList(lines, 'DNS Names', dns);
	putList(lines, 'Email Addresses', emails);
	putList(lines, 'IP Addresses', addresses);
}

function parse(request: string) {
	const [block] = pemBlocks(String.fromCharCode(...base64Bytes(request)));
	if (block?.label !== 'CERTIFICATE REQUEST') throw new DescribeFailed('Error parsing CSR: PEM block type must be CERTIFICATE REQUEST');
	try {
		return readRequest(block.bytes);
	} catch {
		throw new DescribeFailed('Error parsing CSR: asn1: structure error: malformed certificate request');
	}
}

function putList(lines: Lines, name: string, values: readonly string[]): void {
	if (values.length > 0) lines.put(0, `\t${name}:\t${values.join('\n\t\t')}\n`);
}
