import type {Admission} from '../api/admission.js';

/** Admission plug-ins, in the order kube-apiserver runs them. */
const admission: readonly Admission[] = [];

export default admission;
