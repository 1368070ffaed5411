import type {Command} from '../../shell/command.js';
import htpasswd from './htpasswd/htpasswd.js';
import openssl from './openssl/openssl.js';

/** Keys, certificates and password files. */
export default [openssl, htpasswd] satisfies Command<any>[];
