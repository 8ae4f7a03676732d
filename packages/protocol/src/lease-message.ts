/** Answers `leaseRequest` with so many iterations to run; 0 means that there will never be more. */
export interface LeaseMessage {
  readonly type: 'lease';
  readonly count: number;
}

/** All leased iterations have begun, and users want more. */
export interface LeaseRequestMessage {
  readonly type: 'leaseRequest';
}

/** Nobody is left who would run these iterations. */
export interface LeaseReturnMessage {
  readonly type: 'leaseReturn';
  readonly count: number;
}

/** After the last lease: all users have ended. */
export interface LeaseEndMessage {
  readonly type: 'leaseEnd';
}
