import type {Effect} from '../../../shell/command.js';
import type {Name} from '../../../tls/name.js';
import {objectIdNamed} from '../../../tls/object-ids.js';
import type {Call} from './call.js';

/** The fields of RHEL's /etc/pki/tls/openssl.cnf: prompt, default. */
const fields = [
	['C', 'Country Name (2 letter code)', 'XX'],
	['ST', 'State or Province Name (full name)', ''],
	['L', 'Locality Name (eg, city)', 'Default City'],
	['O', 'Organization Name (eg, company)', 'Default Company Ltd'],
	['OU', 'Organizational Unit Name (eg, section)', ''],
	['CN', "Common Name (eg, your name or your server's hostname)", ''],
	['emailAddress', 'Email Address', ''],
] as const;

const intro = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;
const attributes = ['A challenge password', 'An optional company name'];

/** Asks for the subject, field by field; a number is the exit status. */
export function* distinguishedName(call: Call): Generator<Effect, Name | number, any> {
	const {io} = call;
	io.err(intro);
	const name: Array<readonly [string, string]> = [];
	for (const [type, prompt, standard] of fields) {
		io.err(`${prompt} [${standard}]:`);
		const line: string | undefined = yield {read: 'line'};
		if (line === undefined) return call.fail('Error making certificate request');
		const value = line === '' ? standard : line === '.' ? '' : line;
		if (value) name.push([objectIdNamed(type)!, value]);
	}

	if (name.length === 0) return call.fail('Error: No objects specified in config file', 'Error making certificate request');
	if (!call.has('x509')) {
		io.err("\nPlease enter the following 'extra' attributes\nto be sent with your certificate request\n");
		for (const prompt of attributes) {
			io.err(`${prompt} []:`);
			yield {read: 'line'};
		}
	}

	return name;
}
