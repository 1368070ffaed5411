import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {readCall, refuse, type Tool} from './call.js';
import {ecparam, genpkey} from './generate.js';
import {ec, genrsa, pkey, rsa} from './keys.js';
import {req} from './req.js';
import {dgst} from './dgst.js';
import {base64, digestTools, enc, passwd, rand, version} from './small-tools.js';
import {pkcs12} from './pkcs12.js';
import {sClient} from './s-client.js';
import {verify} from './verify.js';
import {ciphers} from './ciphers.js';
import {x509} from './x509.js';

const tools: readonly Tool[] = [
	genrsa,
	genpkey,
	rsa,
	ec,
	ecparam,
	pkey,
	pkcs12,
	req,
	sClient,
	ciphers,
	x509,
	verify,
	dgst,
	...digestTools,
	enc,
	base64,
	rand,
	passwd,
	version,
];

/** What the real one can do besides. */
const others = new Set(
	(
		'asn1parse ca cmp cms crl crl2pkcs7 dhparam dsa dsaparam engine errstr fipsinstall gendsa help info kdf list mac nseq ocsp ' +
		'pkcs7 pkcs8 pkeyparam pkeyutl prime rehash rsautl s_server s_time sess_id smime speed spkac srp storeutl ts'
	).split(' '),
);

const openssl: Command<Machine> = {
	name: 'openssl',
	summary: 'Keys, certificates and digests',
	*run(io) {
		const [, name, ...words] = io.argv;
		const tool = tools.find(each => each.name === name);
		if (tool) {
			const call = readCall(io, tool, words);
			return typeof call === 'number' ? call : yield* tool.run(call);
		}

		if (name === undefined || others.has(name)) return refuse(io, `openssl ${name ?? 'without a subcommand'}`);
		io.err(`Invalid command '${name}'; type "help" for a list.\n`);
		return 1;
	},
};

export default openssl;
