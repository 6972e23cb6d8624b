/** The functions that LambdaConfig names, and what their ARNs say. */
import type { LambdaConfigType } from '../model/types.generated.ts';
import type { TriggerName } from './trigger-names.ts';

/** What the ARN of a Lambda function says. */
export interface LambdaFunction {
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
  readonly name: string;
  /** A version or an alias. */
  readonly qualifier: string | undefined;
}

/** @returns the ARN that LambdaConfig has for this trigger */
export function arnOf(config: LambdaConfigType | undefined, name: TriggerName): string | undefined {
  switch (name) {
    case 'PreTokenGeneration':
      return config?.PreTokenGenerationConfig?.LambdaArn ?? config?.PreTokenGeneration;
    case 'CustomEmailSender':
    case 'CustomSMSSender':
    case 'InboundFederation':
      return config?.[name]?.LambdaArn;
    default:
      return config?.[name];
  }
}

/** @returns the member of LambdaConfig that has this ARN, as a path: `PreTokenGenerationConfig.LambdaArn` */
export function arnMemberOf(config: LambdaConfigType | undefined, name: TriggerName): string {
  switch (name) {
    case 'PreTokenGeneration':
      return config?.PreTokenGenerationConfig?.LambdaArn === undefined
        ? name
        : 'PreTokenGenerationConfig.LambdaArn';
    case 'CustomEmailSender':
    case 'CustomSMSSender':
    case 'InboundFederation':
      return `${name}.LambdaArn`;
    default:
      return name;
  }
}

const LAMBDA_ARN =
  /^arn:aws[\w-]*:lambda:(?<region>[\w-]+):(?<account>\d{12}):function:(?<name>[\w-]{1,140})(?::(?<qualifier>[\w$-]{1,128}))?$/;

/** @returns undefined for a text that is not the ARN of a Lambda function */
export function readLambdaArn(arn: string): LambdaFunction | undefined {
  const { region, account, name, qualifier } = LAMBDA_ARN.exec(arn)?.groups ?? {};
  if (region === undefined || account === undefined || name === undefined) return undefined;
  return { region, account, name, qualifier };
}
