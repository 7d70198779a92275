import { parseAddress } from './address.ts';
import { all, checkFormat, each, fields, is, mustBe, portNumber, required, strictlyOneOf, withSpec } from './checks.ts';
import type { Check, Field } from './field.ts';
import {
  DNS_LABEL,
  DNS_LABEL_1035,
  DNS_SUBDOMAIN,
  DOMAIN_PREFIXED_PATH,
  PATH_SEGMENT,
  PORT_NAME,
  WILDCARD_DNS_SUBDOMAIN,
} from './formats.ts';
import { metadata } from './metadata.ts';
import { absolutePath } from './path.ts';

const reference = fields({
  apiGroup: mustBe(DNS_SUBDOMAIN),
  kind: required(is(PATH_SEGMENT)),
  name: required(is(PATH_SEGMENT)),
});

const serviceBackend: Check = (service) => {
  required(is(DNS_LABEL_1035))(service.at('name'));
  const name = service.at('port', 'name');
  const number = service.at('port', 'number');
  if (!name.isEmpty && !number.isEmpty)
    name.invalid('is set beside number', 'Leave the name or the number of the port');
  else if (!name.isEmpty) checkFormat(name, PORT_NAME);
  else if (!number.isEmpty) portNumber(number);
  else service.at('port').required('with a name or a number', 'Add port: with name or number');
};

const backend: Check = (field) => {
  const service = field.at('service');
  const resource = field.at('resource');
  if (service.isSet && resource.isSet) resource.invalid('is set beside service', 'Leave resource or service');
  else if (resource.isSet) reference(resource);
  else if (service.isSet) serviceBackend(service);
  else
    field.invalid(
      field.isSet ? 'has neither service nor resource' : 'is missing',
      'Add service with the name and port of a Service',
    );
};

const FORBIDDEN_PARTS = /\/\/|\/\.\/|\/\.\.\/|%2f|\/\.\.?$/i;

const path: Check = (item) => {
  const type = item.at('pathType');
  const value = item.at('path');
  if (!type.isSet)
    return type.required('in networking.k8s.io/v1', 'Add pathType: Prefix, Exact or ImplementationSpecific');
  strictlyOneOf('Exact', 'ImplementationSpecific', 'Prefix')(type);
  if (type.text === 'Exact' || type.text === 'Prefix') {
    absolutePath(value);
    const part = FORBIDDEN_PARTS.exec(value.text);
    if (part !== null) value.invalid(`contains "${part[0]}"`, 'Write a path without "//", "/./", "/../" and "%2f"');
  } else if (value.text !== '') absolutePath(value);
  backend(item.at('backend'));
};

function checkHost(field: Field): void {
  checkFormat(field, field.text.includes('*') ? WILDCARD_DNS_SUBDOMAIN : DNS_SUBDOMAIN);
}

const rule = fields({
  host(field) {
    if (field.text === '') return;
    if (parseAddress(field.text) !== undefined) field.invalid('is an IP address', 'Write a name of a host');
    checkHost(field);
  },
  http: fields({ paths: required(each(path)) }),
});

const tls = fields({ hosts: each(checkHost), secretName: is(DNS_SUBDOMAIN) });

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export const ingress = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      { rules: each(rule), tls: each(tls), defaultBackend: backend, ingressClassName: mustBe(DNS_SUBDOMAIN) },
      (spec) => {
        if (spec.at('rules').size === 0 && !spec.at('defaultBackend').isSet) {
          spec.at('rules').invalid('has no rule, and there is no defaultBackend', 'Add a rule or defaultBackend');
        }
      },
    ),
  ),
  (object) => {
    const annotation = object.at('metadata', 'annotations', CLASS_ANNOTATION);
    const name = object.at('spec', 'ingressClassName');
    if (annotation.isSet && name.isSet && annotation.text !== name.text) {
      annotation.invalid('differs from ingressClassName', 'Remove the annotation');
    }
  },
);

const SCOPES = ['Cluster', 'Namespace'];

const parameters = all(reference, (field) => {
  const scope = field.at('scope');
  const namespace = field.at('namespace');
  if (scope.isSet) strictlyOneOf(...SCOPES)(scope);
  if (scope.text === 'Namespace') {
    if (namespace.isSet) checkFormat(namespace, DNS_LABEL);
    else namespace.required('where the scope is Namespace');
  } else if (namespace.isSet && (!scope.isSet || scope.text === 'Cluster')) {
    namespace.forbidden('where the scope is Cluster', 'Remove namespace, or write scope: Namespace');
  }
});

const LONGEST_CONTROLLER = 250;

export const ingressClass = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields({
      controller: required(is(DOMAIN_PREFIXED_PATH), (field) => {
        if (field.text.length > LONGEST_CONTROLLER) field.tooLong(LONGEST_CONTROLLER);
      }),
      parameters,
    }),
  ),
);
