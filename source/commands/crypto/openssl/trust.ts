import type {Files} from '../../../os/files.js';
import {type Certificate, certificatesIn} from '../../../tls/certificate.js';

const bundles = ['/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/certs/ca-certificates.crt'];

/** The authorities of the system's bundle. */
export const trustedBySystem = (files: Files): readonly Certificate[] =>
	bundles.filter(path => files.exists(path)).flatMap(path => certificatesIn(files.readText(path)));
