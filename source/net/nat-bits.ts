/** What happened to a connection in the nat tables (`ConntrackRow.nat`): asked already, and translated. */
export const dnatAsked = 1;
export const snatAsked = 2;
export const dnatDone = 4;
export const snatDone = 8;
