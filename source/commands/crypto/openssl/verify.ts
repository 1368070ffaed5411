import {certificatesIn} from '../../../tls/certificate.js';
import {nameText} from '../../../tls/name.js';
import {isForHost, verifyChain} from '../../../tls/verify.js';
import {type Call, errorLine, type Tool} from './call.js';
import {trustedBySystem} from './trust.js';
import {loadCertificate} from './x509.js';

export const verify: Tool = {
	name: 'verify',
	flags: 'verbose show_chain no-CApath no-CAfile no-CAstore',
	values: 'CAfile untrusted verify_hostname trusted',
	refused: 'CApath CAstore CRLfile crl_check purpose attime partial_chain x509_strict verify_depth verify_ip verify_email nameopt',
	*run(call) {
		const trustFile = call.value('CAfile') ?? call.value('trusted');
		const trusted = trustFile === undefined ? trustedBySystem(call.io.machine.files) : authorities(call, trustFile);
		if (typeof trusted === 'number') return trusted;
		const untrusted = call.value('untrusted');
		const others = untrusted === undefined ? [] : certificatesIn(call.readText(untrusted, 'untrusted certificates') ?? '');
		let status = 0;
		for (const file of call.rest.length > 0 ? call.rest : [undefined]) {
			const certificate = loadCertificate(call, file, 'certificate file');
			if (typeof certificate === 'number') {
				status = 2;
				continue;
			}

			const name = file ?? 'stdin';
			const {chain, distrust} = verifyChain(certificate, others, trusted, call.io.machine.sim.clock.now());
			const host = call.value('verify_hostname');
			const wrongHost = !distrust &&
				host !== undefined &&
				!isForHost(certificate, host) && {certificate, code: 62, depth: 0, text: 'hostname mismatch'};
			const why = distrust ?? (wrongHost || undefined);
			if (why) {
				call.io.err(
					`${nameText(why.certificate.subject)}\nerror ${why.code} at ${why.depth} depth lookup: ${why.text}\nerror ${name}: verification failed\n`,
				);
				status = 2;
				continue;
			}

			call.io.out(`${name}: OK\n`);
			if (call.has('show_chain')) {
				const lines = chain.map((each, depth) => `depth=${depth}: ${nameText(each.subject)}${depth > 0 ? '' : ' (untrusted)'}\n`);
				call.io.out(`Chain:\n${lines.join('')}`);
			}
		}

		return status;
	},
};

function authorities(call: Call, file: string) {
	const {files} = call.io.machine;
	const found = files.exists(call.io.path(file)) ? certificatesIn(files.readText(call.io.path(file))) : undefined;
	if (found && found.length > 0) return found;
	const why = found
		? ['05800088:x509 certificate routines:X509_load_cert_crl_file_ex:no certificate or crl found:crypto/x509/by_file.c:254:']
		: [
				`80000002:system library:BIO_new_file:No such file or directory:crypto/bio/bss_file.c:67:calling fopen(${file}, r)`,
				'10000080:BIO routines:BIO_new_file:no such file:crypto/bio/bss_file.c:75:',
				'05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system lib:crypto/x509/by_file.c:234:',
			];
	return call.fail(`Error loading file ${file}`, ...why.map(errorLine));
}
