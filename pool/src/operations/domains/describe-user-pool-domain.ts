/** DescribeUserPoolDomain: a domain, whichever pool has it. Terraform relies on the empty description of an unknown one. */
import { serviceOperation } from '../operation.ts';
import { findDomain } from './kept-domains.ts';

export const describeUserPoolDomain = serviceOperation(
  'DescribeUserPoolDomain',
  async (service, { Domain }) => ({ DomainDescription: findDomain(service, Domain) ?? {} }),
);
