import type {Command} from '../../shell/command.js';
import openssl from './openssl/openssl.js';

/** Keys, certificates and password files. */
export default [openssl] satisfies Command<any>[];
