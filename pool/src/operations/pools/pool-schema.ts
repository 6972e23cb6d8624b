/** The schema of a pool as its operations change it: the rules for what is given, and what is made of it. */
import { invalidParameter } from '../../domain/service-exception.ts';
import type { SchemaAttributeType } from '../../model/types.generated.ts';
import { STANDARD_ATTRIBUTES } from '../../settings/schema.ts';

const TYPES: readonly string[] = ['String', 'Number', 'DateTime', 'Boolean'];
const MAX_TEXT_LENGTH = 2048;
/** Documented as a quota. AWS's text is not known. */
const MAX_CUSTOM_ATTRIBUTES = 50;

/** The attribute that DescribeUserPool lists and CreateUserPool does not. Measured. */
export const IDENTITIES: SchemaAttributeType = {
  Name: 'identities',
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: {},
};

const isStandard = ({ Name }: SchemaAttributeType) =>
  STANDARD_ATTRIBUTES.some((attribute) => attribute.Name === Name);

/**
 * Makes the schema of a new pool: the standard attributes, changed by the given ones that have their names, and then the
 * custom ones.
 *
 * @throws ServiceException InvalidParameterException
 */
export function newPoolSchema(given: readonly SchemaAttributeType[]): readonly SchemaAttributeType[] {
  for (const attribute of given) checkAttribute(attribute);
  const standard = STANDARD_ATTRIBUTES.map((attribute) =>
    changedStandard(
      attribute,
      given.find(({ Name }) => Name === attribute.Name),
    ),
  );
  return addCustomAttributesTo(
    standard,
    given.filter((attribute) => !isStandard(attribute)),
  );
}

/** @throws ServiceException InvalidParameterException */
export function addCustomAttributesTo(
  schema: readonly SchemaAttributeType[],
  given: readonly SchemaAttributeType[],
): readonly SchemaAttributeType[] {
  const result = [...schema];
  for (const attribute of given) {
    const added = customAttribute(attribute);
    const { Name = '' } = added;
    if (result.some((other) => other.Name === Name)) {
      // Reported: the name stands there twice (serverless-cognito-add-custom-attributes#3)
      throw invalidParameter(`${Name}: Existing attribute already has name ${Name}.`);
    }
    result.push(added);
  }
  if (result.length - STANDARD_ATTRIBUTES.length > MAX_CUSTOM_ATTRIBUTES) {
    throw invalidParameter(`A user pool can have up to ${MAX_CUSTOM_ATTRIBUTES} custom attributes.`);
  }
  return result;
}

/** @throws ServiceException InvalidParameterException */
export function checkAttribute(attribute: SchemaAttributeType): void {
  const { Name = '', AttributeDataType: type, Required } = attribute;
  // The model lets the name be absent. AWS's text is not known.
  if (Name === '') throw invalidParameter('Missing name of a schema attribute');
  // Reported by aws/aws-cdk#8585
  if (type !== undefined && !TYPES.includes(type)) {
    throw invalidParameter(
      'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.',
    );
  }
  if (!isStandard(attribute) && Required === true) {
    throw invalidParameter('Required custom attributes are not supported currently.');
  }
  checkTextLengths(Name, attribute.StringAttributeConstraints);
  checkNumberRange(Name, attribute.NumberAttributeConstraints);
}

/** The texts on lengths and values are those of another emulator, which says that they are AWS's. */
function checkTextLengths(name: string, { MinLength, MaxLength }: NonNullable<Texts> = {}): void {
  const [min, max] = [MinLength, MaxLength].map((text, index) => {
    return toNumber(
      text,
      index === 0 ? 'StringAttributeConstraints.MinLength' : 'StringAttributeConstraints.MaxLength',
      name,
    );
  });
  if ((min ?? 0) > MAX_TEXT_LENGTH || (max ?? 0) > MAX_TEXT_LENGTH) {
    throw invalidParameter(
      `user.${name}: String attributes cannot have a length of more than ${MAX_TEXT_LENGTH}`,
    );
  }
  if (min !== undefined && max !== undefined && max < min) {
    throw invalidParameter(`user.${name}: Max length cannot be less than min length.`);
  }
}

type Texts = SchemaAttributeType['StringAttributeConstraints'];
type Numbers = SchemaAttributeType['NumberAttributeConstraints'];

function checkNumberRange(name: string, { MinValue, MaxValue }: NonNullable<Numbers> = {}): void {
  const min = toNumber(MinValue, 'NumberAttributeConstraints.MinValue', name);
  const max = toNumber(MaxValue, 'NumberAttributeConstraints.MaxValue', name);
  if (min !== undefined && max !== undefined && max < min) {
    throw invalidParameter(`user.${name}: Max value cannot be less than min value.`);
  }
}

function toNumber(text: string | undefined, constraint: string, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw invalidParameter(`Invalid ${constraint} for schema attribute ${name}`);
}

/** Reported: the type of a standard attribute cannot be changed. Its other members can. */
function changedStandard(
  standard: SchemaAttributeType,
  given: SchemaAttributeType | undefined,
): SchemaAttributeType {
  if (given === undefined) return standard;
  const { AttributeDataType = standard.AttributeDataType, DeveloperOnlyAttribute = false } = given;
  if (AttributeDataType !== standard.AttributeDataType || DeveloperOnlyAttribute) {
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${standard.Name}`,
    );
  }
  const isSub = standard.Name === 'sub';
  return {
    ...standard,
    Mutable: isSub ? false : (given.Mutable ?? standard.Mutable),
    Required: isSub ? true : (given.Required ?? standard.Required),
    ...(standard.StringAttributeConstraints && {
      StringAttributeConstraints: {
        ...standard.StringAttributeConstraints,
        ...given.StringAttributeConstraints,
      },
    }),
    ...(standard.NumberAttributeConstraints && {
      NumberAttributeConstraints: {
        ...standard.NumberAttributeConstraints,
        ...given.NumberAttributeConstraints,
      },
    }),
  };
}

/** Makes the attribute as it is described. The prefix is added to every name, also to one that has it. */
function customAttribute(attribute: SchemaAttributeType): SchemaAttributeType {
  const {
    Name = '',
    AttributeDataType = 'String',
    DeveloperOnlyAttribute = false,
    StringAttributeConstraints = {},
    NumberAttributeConstraints = {},
  } = attribute;
  return {
    AttributeDataType,
    DeveloperOnlyAttribute,
    // The default of the API for custom attributes was never captured; CloudFormation documents false.
    Mutable: attribute.Mutable ?? false,
    Name: `${DeveloperOnlyAttribute ? 'dev' : 'custom'}:${Name}`,
    Required: false,
    ...(AttributeDataType === 'String' && { StringAttributeConstraints }),
    ...(AttributeDataType === 'Number' && { NumberAttributeConstraints }),
  };
}
