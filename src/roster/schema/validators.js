// Checks a file's value against its schema. Made from schema/ by `npm run generate`; do not edit.
"use strict";
export const users = validate20;
const schema31 = {
  type: "object",
  additionalProperties: false,
  properties: {
    users: {
      type: "object",
      propertyNames: { $ref: "#/$defs/UserName" },
      additionalProperties: { $ref: "#/$defs/User" },
    },
  },
  $defs: {
    User: {
      type: "object",
      additionalProperties: false,
      properties: {
        name: { type: "string", minLength: 1, maxLength: 256 },
        email: { type: "string", maxLength: 320, pattern: "^[^\\s@]+@[^\\s@]+$" },
        github: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$" },
        groups: { type: "array", items: { $ref: "#/$defs/Membership" } },
        access: { type: "array", items: { type: "string", enum: ["console", "programmatic"] } },
        encryptTo: {
          anyOf: [
            { $ref: "#/$defs/Recipient" },
            { type: "array", minItems: 1, items: { $ref: "#/$defs/Recipient" } },
          ],
        },
        path: { $ref: "#/$defs/Path" },
        permissionsBoundary: { type: "string", pattern: "^(none|arn:.*)$" },
        tags: { type: "object", additionalProperties: { type: "string" } },
        policies: { type: "array", items: { $ref: "#/$defs/PolicyReference" } },
        inlinePolicies: { $ref: "#/$defs/InlinePolicies" },
        until: { $ref: "#/$defs/Until" },
        status: { type: "string", enum: ["active", "inactive", "absent"] },
        resetPassword: { $ref: "#/$defs/Token" },
        rotateKey: { $ref: "#/$defs/Token" },
        adopt: { type: "boolean" },
        renamedFrom: { $ref: "#/$defs/ExistingUserName" },
      },
    },
    UserName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" },
    ExistingUserName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    GroupName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    Membership: { anyOf: [{ $ref: "#/$defs/GroupName" }, { $ref: "#/$defs/LimitedMembership" }] },
    LimitedMembership: {
      type: "object",
      additionalProperties: false,
      required: ["group"],
      properties: {
        group: { $ref: "#/$defs/GroupName" },
        until: { $ref: "#/$defs/Until" },
        reason: { type: "string", minLength: 1, maxLength: 500 },
      },
    },
    Recipient: {
      type: "string",
      pattern:
        "^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,3}( .*)?|github:[A-Za-z0-9][A-Za-z0-9_-]{0,38})$",
    },
    Path: { type: "string", maxLength: 512, pattern: "^/([!-~]+/)?$" },
    PolicyReference: {
      type: "string",
      maxLength: 2048,
      pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$",
    },
    InlinePolicies: {
      type: "object",
      propertyNames: { $ref: "#/$defs/InlinePolicyName" },
      additionalProperties: { $ref: "#/$defs/PolicyDocument" },
    },
    InlinePolicyName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    PolicyDocument: { type: "object" },
    Until: {
      type: "string",
      pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
    },
    Token: {
      anyOf: [
        { type: "string", pattern: "^[A-Za-z0-9_.:/=+@-]([A-Za-z0-9_.:/=+@ -]{0,62}[A-Za-z0-9_.:/=+@-])?$" },
        { type: "integer", minimum: 0, maximum: 999999999999999 },
      ],
    },
  },
};
const schema32 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" };
const pattern4 = new RegExp("^[A-Za-z0-9_+=,.@-]{1,64}$", "u");
const schema33 = {
  type: "object",
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 256 },
    email: { type: "string", maxLength: 320, pattern: "^[^\\s@]+@[^\\s@]+$" },
    github: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$" },
    groups: { type: "array", items: { $ref: "#/$defs/Membership" } },
    access: { type: "array", items: { type: "string", enum: ["console", "programmatic"] } },
    encryptTo: {
      anyOf: [
        { $ref: "#/$defs/Recipient" },
        { type: "array", minItems: 1, items: { $ref: "#/$defs/Recipient" } },
      ],
    },
    path: { $ref: "#/$defs/Path" },
    permissionsBoundary: { type: "string", pattern: "^(none|arn:.*)$" },
    tags: { type: "object", additionalProperties: { type: "string" } },
    policies: { type: "array", items: { $ref: "#/$defs/PolicyReference" } },
    inlinePolicies: { $ref: "#/$defs/InlinePolicies" },
    until: { $ref: "#/$defs/Until" },
    status: { type: "string", enum: ["active", "inactive", "absent"] },
    resetPassword: { $ref: "#/$defs/Token" },
    rotateKey: { $ref: "#/$defs/Token" },
    adopt: { type: "boolean" },
    renamedFrom: { $ref: "#/$defs/ExistingUserName" },
  },
};
const schema39 = {
  type: "string",
  pattern:
    "^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,3}( .*)?|github:[A-Za-z0-9][A-Za-z0-9_-]{0,38})$",
};
const schema41 = { type: "string", maxLength: 512, pattern: "^/([!-~]+/)?$" };
const schema42 = {
  type: "string",
  maxLength: 2048,
  pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$",
};
const schema38 = {
  type: "string",
  pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
};
const schema47 = {
  anyOf: [
    { type: "string", pattern: "^[A-Za-z0-9_.:/=+@-]([A-Za-z0-9_.:/=+@ -]{0,62}[A-Za-z0-9_.:/=+@-])?$" },
    { type: "integer", minimum: 0, maximum: 999999999999999 },
  ],
};
const schema49 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const func1 = Object.prototype.hasOwnProperty;
const func2 = (text) => [...text].length;
const pattern5 = new RegExp("^[^\\s@]+@[^\\s@]+$", "u");
const pattern6 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$", "u");
const pattern10 = new RegExp(
  "^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,3}( .*)?|github:[A-Za-z0-9][A-Za-z0-9_-]{0,38})$",
  "u",
);
const pattern12 = new RegExp("^/([!-~]+/)?$", "u");
const pattern13 = new RegExp("^(none|arn:.*)$", "u");
const pattern14 = new RegExp("^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$", "u");
const pattern9 = new RegExp(
  "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
  "u",
);
const pattern17 = new RegExp("^[A-Za-z0-9_.:/=+@-]([A-Za-z0-9_.:/=+@ -]{0,62}[A-Za-z0-9_.:/=+@-])?$", "u");
const pattern7 = new RegExp("^[A-Za-z0-9_+=,.@-]{1,128}$", "u");
const schema34 = { anyOf: [{ $ref: "#/$defs/GroupName" }, { $ref: "#/$defs/LimitedMembership" }] };
const schema35 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema36 = {
  type: "object",
  additionalProperties: false,
  required: ["group"],
  properties: {
    group: { $ref: "#/$defs/GroupName" },
    until: { $ref: "#/$defs/Until" },
    reason: { type: "string", minLength: 1, maxLength: 500 },
  },
};
function validate23(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.group === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "group" },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "group" || key0 === "until" || key0 === "reason")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.group !== undefined) {
      let data0 = data.group;
      if (typeof data0 === "string") {
        if (!pattern7.test(data0)) {
          const err2 = {
            instancePath: instancePath + "/group",
            schemaPath: "#/$defs/GroupName/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/group",
          schemaPath: "#/$defs/GroupName/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.until !== undefined) {
      let data1 = data.until;
      if (typeof data1 === "string") {
        if (!pattern9.test(data1)) {
          const err4 = {
            instancePath: instancePath + "/until",
            schemaPath: "#/$defs/Until/pattern",
            keyword: "pattern",
            params: {
              pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
            },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + "/until",
          schemaPath: "#/$defs/Until/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.reason !== undefined) {
      let data2 = data.reason;
      if (typeof data2 === "string") {
        if (func2(data2) > 500) {
          const err6 = {
            instancePath: instancePath + "/reason",
            schemaPath: "#/properties/reason/maxLength",
            keyword: "maxLength",
            params: { limit: 500 },
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (func2(data2) < 1) {
          const err7 = {
            instancePath: instancePath + "/reason",
            schemaPath: "#/properties/reason/minLength",
            keyword: "minLength",
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + "/reason",
          schemaPath: "#/properties/reason/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate22(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate22.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data === "string") {
    if (!pattern7.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: "#/$defs/GroupName/pattern",
        keyword: "pattern",
        params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/$defs/GroupName/type",
      keyword: "type",
      params: { type: "string" },
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  const _errs4 = errors;
  if (!validate23(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = merged(vErrors, validate23.errors);
    errors = vErrors.length;
  }
  var _valid0 = _errs4 === errors;
  valid0 = valid0 || _valid0;
  if (_valid0) {
    var props0 = true;
  }
  if (!valid0) {
    const err2 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {} };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate22.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate22.evaluated = { dynamicProps: true, dynamicItems: false };
const schema43 = {
  type: "object",
  propertyNames: { $ref: "#/$defs/InlinePolicyName" },
  additionalProperties: { $ref: "#/$defs/PolicyDocument" },
};
const schema44 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema45 = { type: "object" };
function validate26(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate26.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const _errs1 = errors;
      if (typeof key0 === "string") {
        if (!pattern7.test(key0)) {
          const err0 = {
            instancePath,
            schemaPath: "#/$defs/InlinePolicyName/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
            propertyName: key0,
          };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
      } else {
        const err1 = {
          instancePath,
          schemaPath: "#/$defs/InlinePolicyName/type",
          keyword: "type",
          params: { type: "string" },
          propertyName: key0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      var valid0 = _errs1 === errors;
      if (!valid0) {
        const err2 = {
          instancePath,
          schemaPath: "#/propertyNames",
          keyword: "propertyNames",
          params: { propertyName: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    for (const key1 in data) {
      let data0 = data[key1];
      if (!(data0 && typeof data0 == "object" && !Array.isArray(data0))) {
        const err3 = {
          instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
          schemaPath: "#/$defs/PolicyDocument/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
  } else {
    const err4 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  validate26.errors = vErrors;
  return errors === 0;
}
validate26.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate21(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func1.call(schema33.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.name !== undefined) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (func2(data0) > 256) {
          const err1 = {
            instancePath: instancePath + "/name",
            schemaPath: "#/properties/name/maxLength",
            keyword: "maxLength",
            params: { limit: 256 },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        if (func2(data0) < 1) {
          const err2 = {
            instancePath: instancePath + "/name",
            schemaPath: "#/properties/name/minLength",
            keyword: "minLength",
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.email !== undefined) {
      let data1 = data.email;
      if (typeof data1 === "string") {
        if (func2(data1) > 320) {
          const err4 = {
            instancePath: instancePath + "/email",
            schemaPath: "#/properties/email/maxLength",
            keyword: "maxLength",
            params: { limit: 320 },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (!pattern5.test(data1)) {
          const err5 = {
            instancePath: instancePath + "/email",
            schemaPath: "#/properties/email/pattern",
            keyword: "pattern",
            params: { pattern: "^[^\\s@]+@[^\\s@]+$" },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/email",
          schemaPath: "#/properties/email/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.github !== undefined) {
      let data2 = data.github;
      if (typeof data2 === "string") {
        if (!pattern6.test(data2)) {
          const err7 = {
            instancePath: instancePath + "/github",
            schemaPath: "#/properties/github/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$" },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + "/github",
          schemaPath: "#/properties/github/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.groups !== undefined) {
      let data3 = data.groups;
      if (Array.isArray(data3)) {
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate22(data3[i0], {
              instancePath: instancePath + "/groups/" + i0,
              parentData: data3,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = merged(vErrors, validate22.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/groups",
          schemaPath: "#/properties/groups/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.access !== undefined) {
      let data5 = data.access;
      if (Array.isArray(data5)) {
        const len1 = data5.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data6 = data5[i1];
          if (typeof data6 !== "string") {
            const err10 = {
              instancePath: instancePath + "/access/" + i1,
              schemaPath: "#/properties/access/items/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          if (!(data6 === "console" || data6 === "programmatic")) {
            const err11 = {
              instancePath: instancePath + "/access/" + i1,
              schemaPath: "#/properties/access/items/enum",
              keyword: "enum",
              params: { allowedValues: schema33.properties.access.items.enum },
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
      } else {
        const err12 = {
          instancePath: instancePath + "/access",
          schemaPath: "#/properties/access/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.encryptTo !== undefined) {
      let data7 = data.encryptTo;
      const _errs16 = errors;
      let valid5 = false;
      const _errs17 = errors;
      if (typeof data7 === "string") {
        if (!pattern10.test(data7)) {
          const err13 = {
            instancePath: instancePath + "/encryptTo",
            schemaPath: "#/$defs/Recipient/pattern",
            keyword: "pattern",
            params: {
              pattern:
                "^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,3}( .*)?|github:[A-Za-z0-9][A-Za-z0-9_-]{0,38})$",
            },
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = {
          instancePath: instancePath + "/encryptTo",
          schemaPath: "#/$defs/Recipient/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      var _valid0 = _errs17 === errors;
      valid5 = valid5 || _valid0;
      const _errs20 = errors;
      if (Array.isArray(data7)) {
        if (data7.length < 1) {
          const err15 = {
            instancePath: instancePath + "/encryptTo",
            schemaPath: "#/properties/encryptTo/anyOf/1/minItems",
            keyword: "minItems",
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        const len2 = data7.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data8 = data7[i2];
          if (typeof data8 === "string") {
            if (!pattern10.test(data8)) {
              const err16 = {
                instancePath: instancePath + "/encryptTo/" + i2,
                schemaPath: "#/$defs/Recipient/pattern",
                keyword: "pattern",
                params: {
                  pattern:
                    "^(age1[02-9ac-hj-np-z]{58}|ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,3}( .*)?|github:[A-Za-z0-9][A-Za-z0-9_-]{0,38})$",
                },
              };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = {
              instancePath: instancePath + "/encryptTo/" + i2,
              schemaPath: "#/$defs/Recipient/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
      } else {
        const err18 = {
          instancePath: instancePath + "/encryptTo",
          schemaPath: "#/properties/encryptTo/anyOf/1/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
      var _valid0 = _errs20 === errors;
      valid5 = valid5 || _valid0;
      if (!valid5) {
        const err19 = {
          instancePath: instancePath + "/encryptTo",
          schemaPath: "#/properties/encryptTo/anyOf",
          keyword: "anyOf",
          params: {},
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      } else {
        errors = _errs16;
        if (vErrors !== null) {
          if (_errs16) {
            vErrors.length = _errs16;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.path !== undefined) {
      let data9 = data.path;
      if (typeof data9 === "string") {
        if (func2(data9) > 512) {
          const err20 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/Path/maxLength",
            keyword: "maxLength",
            params: { limit: 512 },
          };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
        if (!pattern12.test(data9)) {
          const err21 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/Path/pattern",
            keyword: "pattern",
            params: { pattern: "^/([!-~]+/)?$" },
          };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      } else {
        const err22 = {
          instancePath: instancePath + "/path",
          schemaPath: "#/$defs/Path/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.permissionsBoundary !== undefined) {
      let data10 = data.permissionsBoundary;
      if (typeof data10 === "string") {
        if (!pattern13.test(data10)) {
          const err23 = {
            instancePath: instancePath + "/permissionsBoundary",
            schemaPath: "#/properties/permissionsBoundary/pattern",
            keyword: "pattern",
            params: { pattern: "^(none|arn:.*)$" },
          };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = {
          instancePath: instancePath + "/permissionsBoundary",
          schemaPath: "#/properties/permissionsBoundary/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.tags !== undefined) {
      let data11 = data.tags;
      if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
        for (const key1 in data11) {
          if (typeof data11[key1] !== "string") {
            const err25 = {
              instancePath: instancePath + "/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
              schemaPath: "#/properties/tags/additionalProperties/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
      } else {
        const err26 = {
          instancePath: instancePath + "/tags",
          schemaPath: "#/properties/tags/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.policies !== undefined) {
      let data13 = data.policies;
      if (Array.isArray(data13)) {
        const len3 = data13.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data14 = data13[i3];
          if (typeof data14 === "string") {
            if (func2(data14) > 2048) {
              const err27 = {
                instancePath: instancePath + "/policies/" + i3,
                schemaPath: "#/$defs/PolicyReference/maxLength",
                keyword: "maxLength",
                params: { limit: 2048 },
              };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
            if (!pattern14.test(data14)) {
              const err28 = {
                instancePath: instancePath + "/policies/" + i3,
                schemaPath: "#/$defs/PolicyReference/pattern",
                keyword: "pattern",
                params: { pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$" },
              };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
          } else {
            const err29 = {
              instancePath: instancePath + "/policies/" + i3,
              schemaPath: "#/$defs/PolicyReference/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
      } else {
        const err30 = {
          instancePath: instancePath + "/policies",
          schemaPath: "#/properties/policies/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.inlinePolicies !== undefined) {
      if (
        !validate26(data.inlinePolicies, {
          instancePath: instancePath + "/inlinePolicies",
          parentData: data,
          parentDataProperty: "inlinePolicies",
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = merged(vErrors, validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.until !== undefined) {
      let data16 = data.until;
      if (typeof data16 === "string") {
        if (!pattern9.test(data16)) {
          const err31 = {
            instancePath: instancePath + "/until",
            schemaPath: "#/$defs/Until/pattern",
            keyword: "pattern",
            params: {
              pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
            },
          };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
      } else {
        const err32 = {
          instancePath: instancePath + "/until",
          schemaPath: "#/$defs/Until/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
    if (data.status !== undefined) {
      let data17 = data.status;
      if (typeof data17 !== "string") {
        const err33 = {
          instancePath: instancePath + "/status",
          schemaPath: "#/properties/status/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err33];
        } else {
          vErrors.push(err33);
        }
        errors++;
      }
      if (!(data17 === "active" || data17 === "inactive" || data17 === "absent")) {
        const err34 = {
          instancePath: instancePath + "/status",
          schemaPath: "#/properties/status/enum",
          keyword: "enum",
          params: { allowedValues: schema33.properties.status.enum },
        };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.resetPassword !== undefined) {
      let data18 = data.resetPassword;
      const _errs48 = errors;
      let valid17 = false;
      const _errs49 = errors;
      if (typeof data18 === "string") {
        if (!pattern17.test(data18)) {
          const err35 = {
            instancePath: instancePath + "/resetPassword",
            schemaPath: "#/$defs/Token/anyOf/0/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_.:/=+@-]([A-Za-z0-9_.:/=+@ -]{0,62}[A-Za-z0-9_.:/=+@-])?$" },
          };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
      } else {
        const err36 = {
          instancePath: instancePath + "/resetPassword",
          schemaPath: "#/$defs/Token/anyOf/0/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
      var _valid1 = _errs49 === errors;
      valid17 = valid17 || _valid1;
      const _errs51 = errors;
      if (!(typeof data18 == "number" && !(data18 % 1) && !isNaN(data18) && isFinite(data18))) {
        const err37 = {
          instancePath: instancePath + "/resetPassword",
          schemaPath: "#/$defs/Token/anyOf/1/type",
          keyword: "type",
          params: { type: "integer" },
        };
        if (vErrors === null) {
          vErrors = [err37];
        } else {
          vErrors.push(err37);
        }
        errors++;
      }
      if (typeof data18 == "number" && isFinite(data18)) {
        if (data18 > 999999999999999 || isNaN(data18)) {
          const err38 = {
            instancePath: instancePath + "/resetPassword",
            schemaPath: "#/$defs/Token/anyOf/1/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 999999999999999 },
          };
          if (vErrors === null) {
            vErrors = [err38];
          } else {
            vErrors.push(err38);
          }
          errors++;
        }
        if (data18 < 0 || isNaN(data18)) {
          const err39 = {
            instancePath: instancePath + "/resetPassword",
            schemaPath: "#/$defs/Token/anyOf/1/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
          };
          if (vErrors === null) {
            vErrors = [err39];
          } else {
            vErrors.push(err39);
          }
          errors++;
        }
      }
      var _valid1 = _errs51 === errors;
      valid17 = valid17 || _valid1;
      if (!valid17) {
        const err40 = {
          instancePath: instancePath + "/resetPassword",
          schemaPath: "#/$defs/Token/anyOf",
          keyword: "anyOf",
          params: {},
        };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      } else {
        errors = _errs48;
        if (vErrors !== null) {
          if (_errs48) {
            vErrors.length = _errs48;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.rotateKey !== undefined) {
      let data19 = data.rotateKey;
      const _errs55 = errors;
      let valid19 = false;
      const _errs56 = errors;
      if (typeof data19 === "string") {
        if (!pattern17.test(data19)) {
          const err41 = {
            instancePath: instancePath + "/rotateKey",
            schemaPath: "#/$defs/Token/anyOf/0/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_.:/=+@-]([A-Za-z0-9_.:/=+@ -]{0,62}[A-Za-z0-9_.:/=+@-])?$" },
          };
          if (vErrors === null) {
            vErrors = [err41];
          } else {
            vErrors.push(err41);
          }
          errors++;
        }
      } else {
        const err42 = {
          instancePath: instancePath + "/rotateKey",
          schemaPath: "#/$defs/Token/anyOf/0/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
      var _valid2 = _errs56 === errors;
      valid19 = valid19 || _valid2;
      const _errs58 = errors;
      if (!(typeof data19 == "number" && !(data19 % 1) && !isNaN(data19) && isFinite(data19))) {
        const err43 = {
          instancePath: instancePath + "/rotateKey",
          schemaPath: "#/$defs/Token/anyOf/1/type",
          keyword: "type",
          params: { type: "integer" },
        };
        if (vErrors === null) {
          vErrors = [err43];
        } else {
          vErrors.push(err43);
        }
        errors++;
      }
      if (typeof data19 == "number" && isFinite(data19)) {
        if (data19 > 999999999999999 || isNaN(data19)) {
          const err44 = {
            instancePath: instancePath + "/rotateKey",
            schemaPath: "#/$defs/Token/anyOf/1/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 999999999999999 },
          };
          if (vErrors === null) {
            vErrors = [err44];
          } else {
            vErrors.push(err44);
          }
          errors++;
        }
        if (data19 < 0 || isNaN(data19)) {
          const err45 = {
            instancePath: instancePath + "/rotateKey",
            schemaPath: "#/$defs/Token/anyOf/1/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
          };
          if (vErrors === null) {
            vErrors = [err45];
          } else {
            vErrors.push(err45);
          }
          errors++;
        }
      }
      var _valid2 = _errs58 === errors;
      valid19 = valid19 || _valid2;
      if (!valid19) {
        const err46 = {
          instancePath: instancePath + "/rotateKey",
          schemaPath: "#/$defs/Token/anyOf",
          keyword: "anyOf",
          params: {},
        };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      } else {
        errors = _errs55;
        if (vErrors !== null) {
          if (_errs55) {
            vErrors.length = _errs55;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.adopt !== undefined) {
      if (typeof data.adopt !== "boolean") {
        const err47 = {
          instancePath: instancePath + "/adopt",
          schemaPath: "#/properties/adopt/type",
          keyword: "type",
          params: { type: "boolean" },
        };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      }
    }
    if (data.renamedFrom !== undefined) {
      let data21 = data.renamedFrom;
      if (typeof data21 === "string") {
        if (!pattern7.test(data21)) {
          const err48 = {
            instancePath: instancePath + "/renamedFrom",
            schemaPath: "#/$defs/ExistingUserName/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
          };
          if (vErrors === null) {
            vErrors = [err48];
          } else {
            vErrors.push(err48);
          }
          errors++;
        }
      } else {
        const err49 = {
          instancePath: instancePath + "/renamedFrom",
          schemaPath: "#/$defs/ExistingUserName/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err49];
        } else {
          vErrors.push(err49);
        }
        errors++;
      }
    }
  } else {
    const err50 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err50];
    } else {
      vErrors.push(err50);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate20(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "users")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.users !== undefined) {
      let data0 = data.users;
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        for (const key1 in data0) {
          const _errs4 = errors;
          if (typeof key1 === "string") {
            if (!pattern4.test(key1)) {
              const err1 = {
                instancePath: instancePath + "/users",
                schemaPath: "#/$defs/UserName/pattern",
                keyword: "pattern",
                params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          } else {
            const err2 = {
              instancePath: instancePath + "/users",
              schemaPath: "#/$defs/UserName/type",
              keyword: "type",
              params: { type: "string" },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          var valid1 = _errs4 === errors;
          if (!valid1) {
            const err3 = {
              instancePath: instancePath + "/users",
              schemaPath: "#/properties/users/propertyNames",
              keyword: "propertyNames",
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        for (const key2 in data0) {
          if (
            !validate21(data0[key2], {
              instancePath: instancePath + "/users/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
              parentData: data0,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = merged(vErrors, validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/users",
          schemaPath: "#/properties/users/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
export const groups = validate29;
const schema50 = {
  type: "object",
  additionalProperties: false,
  properties: {
    groups: {
      type: "object",
      propertyNames: { $ref: "#/$defs/GroupName" },
      additionalProperties: { $ref: "#/$defs/Group" },
    },
  },
  $defs: {
    Group: {
      type: "object",
      additionalProperties: false,
      properties: {
        description: { type: "string", maxLength: 1000 },
        policies: { type: "array", items: { $ref: "#/$defs/PolicyReference" } },
        inlinePolicies: { $ref: "#/$defs/InlinePolicies" },
        path: { $ref: "#/$defs/Path" },
        owners: { type: "array", items: { $ref: "#/$defs/UserName" } },
        exclusive: { type: "boolean" },
        external: { type: "boolean" },
        status: { type: "string", enum: ["present", "absent"] },
        adopt: { type: "boolean" },
        renamedFrom: { $ref: "#/$defs/GroupName" },
      },
    },
    UserName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" },
    GroupName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    Path: { type: "string", maxLength: 512, pattern: "^/([!-~]+/)?$" },
    PolicyReference: {
      type: "string",
      maxLength: 2048,
      pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$",
    },
    InlinePolicies: {
      type: "object",
      propertyNames: { $ref: "#/$defs/InlinePolicyName" },
      additionalProperties: { $ref: "#/$defs/PolicyDocument" },
    },
    InlinePolicyName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    PolicyDocument: { type: "object" },
  },
};
const schema51 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema52 = {
  type: "object",
  additionalProperties: false,
  properties: {
    description: { type: "string", maxLength: 1000 },
    policies: { type: "array", items: { $ref: "#/$defs/PolicyReference" } },
    inlinePolicies: { $ref: "#/$defs/InlinePolicies" },
    path: { $ref: "#/$defs/Path" },
    owners: { type: "array", items: { $ref: "#/$defs/UserName" } },
    exclusive: { type: "boolean" },
    external: { type: "boolean" },
    status: { type: "string", enum: ["present", "absent"] },
    adopt: { type: "boolean" },
    renamedFrom: { $ref: "#/$defs/GroupName" },
  },
};
const schema53 = {
  type: "string",
  maxLength: 2048,
  pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$",
};
const schema57 = { type: "string", maxLength: 512, pattern: "^/([!-~]+/)?$" };
const schema58 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" };
const schema54 = {
  type: "object",
  propertyNames: { $ref: "#/$defs/InlinePolicyName" },
  additionalProperties: { $ref: "#/$defs/PolicyDocument" },
};
const schema55 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema56 = { type: "object" };
function validate31(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate31.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const _errs1 = errors;
      if (typeof key0 === "string") {
        if (!pattern7.test(key0)) {
          const err0 = {
            instancePath,
            schemaPath: "#/$defs/InlinePolicyName/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
            propertyName: key0,
          };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
      } else {
        const err1 = {
          instancePath,
          schemaPath: "#/$defs/InlinePolicyName/type",
          keyword: "type",
          params: { type: "string" },
          propertyName: key0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      var valid0 = _errs1 === errors;
      if (!valid0) {
        const err2 = {
          instancePath,
          schemaPath: "#/propertyNames",
          keyword: "propertyNames",
          params: { propertyName: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    for (const key1 in data) {
      let data0 = data[key1];
      if (!(data0 && typeof data0 == "object" && !Array.isArray(data0))) {
        const err3 = {
          instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
          schemaPath: "#/$defs/PolicyDocument/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
  } else {
    const err4 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  validate31.errors = vErrors;
  return errors === 0;
}
validate31.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate30(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate30.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func1.call(schema52.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.description !== undefined) {
      let data0 = data.description;
      if (typeof data0 === "string") {
        if (func2(data0) > 1000) {
          const err1 = {
            instancePath: instancePath + "/description",
            schemaPath: "#/properties/description/maxLength",
            keyword: "maxLength",
            params: { limit: 1000 },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/description",
          schemaPath: "#/properties/description/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.policies !== undefined) {
      let data1 = data.policies;
      if (Array.isArray(data1)) {
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (typeof data2 === "string") {
            if (func2(data2) > 2048) {
              const err3 = {
                instancePath: instancePath + "/policies/" + i0,
                schemaPath: "#/$defs/PolicyReference/maxLength",
                keyword: "maxLength",
                params: { limit: 2048 },
              };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
            if (!pattern14.test(data2)) {
              const err4 = {
                instancePath: instancePath + "/policies/" + i0,
                schemaPath: "#/$defs/PolicyReference/pattern",
                keyword: "pattern",
                params: { pattern: "^(arn:.*|[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*)$" },
              };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = {
              instancePath: instancePath + "/policies/" + i0,
              schemaPath: "#/$defs/PolicyReference/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/policies",
          schemaPath: "#/properties/policies/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.inlinePolicies !== undefined) {
      if (
        !validate31(data.inlinePolicies, {
          instancePath: instancePath + "/inlinePolicies",
          parentData: data,
          parentDataProperty: "inlinePolicies",
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = merged(vErrors, validate31.errors);
        errors = vErrors.length;
      }
    }
    if (data.path !== undefined) {
      let data4 = data.path;
      if (typeof data4 === "string") {
        if (func2(data4) > 512) {
          const err7 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/Path/maxLength",
            keyword: "maxLength",
            params: { limit: 512 },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (!pattern12.test(data4)) {
          const err8 = {
            instancePath: instancePath + "/path",
            schemaPath: "#/$defs/Path/pattern",
            keyword: "pattern",
            params: { pattern: "^/([!-~]+/)?$" },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/path",
          schemaPath: "#/$defs/Path/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.owners !== undefined) {
      let data5 = data.owners;
      if (Array.isArray(data5)) {
        const len1 = data5.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data6 = data5[i1];
          if (typeof data6 === "string") {
            if (!pattern4.test(data6)) {
              const err10 = {
                instancePath: instancePath + "/owners/" + i1,
                schemaPath: "#/$defs/UserName/pattern",
                keyword: "pattern",
                params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$" },
              };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = {
              instancePath: instancePath + "/owners/" + i1,
              schemaPath: "#/$defs/UserName/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
      } else {
        const err12 = {
          instancePath: instancePath + "/owners",
          schemaPath: "#/properties/owners/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.exclusive !== undefined) {
      if (typeof data.exclusive !== "boolean") {
        const err13 = {
          instancePath: instancePath + "/exclusive",
          schemaPath: "#/properties/exclusive/type",
          keyword: "type",
          params: { type: "boolean" },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.external !== undefined) {
      if (typeof data.external !== "boolean") {
        const err14 = {
          instancePath: instancePath + "/external",
          schemaPath: "#/properties/external/type",
          keyword: "type",
          params: { type: "boolean" },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.status !== undefined) {
      let data9 = data.status;
      if (typeof data9 !== "string") {
        const err15 = {
          instancePath: instancePath + "/status",
          schemaPath: "#/properties/status/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
      if (!(data9 === "present" || data9 === "absent")) {
        const err16 = {
          instancePath: instancePath + "/status",
          schemaPath: "#/properties/status/enum",
          keyword: "enum",
          params: { allowedValues: schema52.properties.status.enum },
        };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.adopt !== undefined) {
      if (typeof data.adopt !== "boolean") {
        const err17 = {
          instancePath: instancePath + "/adopt",
          schemaPath: "#/properties/adopt/type",
          keyword: "type",
          params: { type: "boolean" },
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.renamedFrom !== undefined) {
      let data11 = data.renamedFrom;
      if (typeof data11 === "string") {
        if (!pattern7.test(data11)) {
          const err18 = {
            instancePath: instancePath + "/renamedFrom",
            schemaPath: "#/$defs/GroupName/pattern",
            keyword: "pattern",
            params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
          };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      } else {
        const err19 = {
          instancePath: instancePath + "/renamedFrom",
          schemaPath: "#/$defs/GroupName/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
  } else {
    const err20 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err20];
    } else {
      vErrors.push(err20);
    }
    errors++;
  }
  validate30.errors = vErrors;
  return errors === 0;
}
validate30.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate29(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate29.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "groups")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.groups !== undefined) {
      let data0 = data.groups;
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        for (const key1 in data0) {
          const _errs4 = errors;
          if (typeof key1 === "string") {
            if (!pattern7.test(key1)) {
              const err1 = {
                instancePath: instancePath + "/groups",
                schemaPath: "#/$defs/GroupName/pattern",
                keyword: "pattern",
                params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          } else {
            const err2 = {
              instancePath: instancePath + "/groups",
              schemaPath: "#/$defs/GroupName/type",
              keyword: "type",
              params: { type: "string" },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          var valid1 = _errs4 === errors;
          if (!valid1) {
            const err3 = {
              instancePath: instancePath + "/groups",
              schemaPath: "#/properties/groups/propertyNames",
              keyword: "propertyNames",
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        for (const key2 in data0) {
          if (
            !validate30(data0[key2], {
              instancePath: instancePath + "/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
              parentData: data0,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = merged(vErrors, validate30.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/groups",
          schemaPath: "#/properties/groups/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate29.errors = vErrors;
  return errors === 0;
}
validate29.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
export const roster = validate34;
const schema60 = {
  type: "object",
  additionalProperties: false,
  properties: {
    account: { type: "string", pattern: "^\\d{12}$" },
    owner: { type: "string", minLength: 1, maxLength: 256, pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$" },
    protected: { type: "array", items: { $ref: "#/$defs/ExistingUserName" } },
    ignore: {
      type: "object",
      additionalProperties: false,
      properties: {
        users: { type: "array", items: { $ref: "#/$defs/Pattern" } },
        groups: { type: "array", items: { $ref: "#/$defs/Pattern" } },
        tags: { type: "array", items: { $ref: "#/$defs/Pattern" } },
      },
    },
    admins: {
      type: "object",
      additionalProperties: false,
      properties: {
        groups: { type: "array", items: { $ref: "#/$defs/GroupName" } },
        atLeast: { type: "integer", minimum: 1 },
      },
    },
    limits: {
      type: "object",
      additionalProperties: false,
      properties: {
        losing: {
          type: "object",
          additionalProperties: false,
          properties: {
            people: { type: "integer", minimum: 0 },
            percent: { type: "number", minimum: 0, maximum: 100 },
          },
        },
        override: {
          type: "object",
          additionalProperties: false,
          dependentRequired: { losing: ["until", "reason"], firstContact: ["until", "reason"] },
          properties: {
            losing: { type: "integer", minimum: 0 },
            firstContact: { type: "boolean" },
            until: { $ref: "#/$defs/Until" },
            reason: { type: "string", minLength: 1, maxLength: 500 },
          },
        },
      },
    },
    offboarding: {
      type: "object",
      additionalProperties: false,
      properties: {
        deleteAfter: { type: "string", pattern: "^(never|[1-9]\\d{0,4}[smhdw])$" },
        verifyAfter: { type: "string", pattern: "^\\d{1,3}[sm]$" },
      },
    },
    credentials: {
      type: "object",
      additionalProperties: false,
      properties: {
        unclaimedAfter: { $ref: "#/$defs/Duration" },
        rotationOverlap: { $ref: "#/$defs/Duration" },
      },
    },
    hygiene: {
      type: "object",
      additionalProperties: false,
      properties: { keyAge: { $ref: "#/$defs/Duration" }, unused: { $ref: "#/$defs/Duration" } },
    },
  },
  $defs: {
    ExistingUserName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    GroupName: { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
    Pattern: { type: "string", minLength: 1, maxLength: 256 },
    Until: {
      type: "string",
      pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
    },
    Duration: { type: "string", pattern: "^[1-9]\\d{0,4}[smhdw]$" },
  },
};
const schema61 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema62 = { type: "string", minLength: 1, maxLength: 256 };
const schema65 = { type: "string", pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" };
const schema66 = {
  type: "string",
  pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
};
const schema67 = { type: "string", pattern: "^[1-9]\\d{0,4}[smhdw]$" };
const pattern26 = new RegExp("^\\d{12}$", "u");
const pattern27 = new RegExp("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$", "u");
const pattern31 = new RegExp("^(never|[1-9]\\d{0,4}[smhdw])$", "u");
const pattern32 = new RegExp("^\\d{1,3}[sm]$", "u");
const pattern33 = new RegExp("^[1-9]\\d{0,4}[smhdw]$", "u");
function validate34(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate34.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func1.call(schema60.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.account !== undefined) {
      let data0 = data.account;
      if (typeof data0 === "string") {
        if (!pattern26.test(data0)) {
          const err1 = {
            instancePath: instancePath + "/account",
            schemaPath: "#/properties/account/pattern",
            keyword: "pattern",
            params: { pattern: "^\\d{12}$" },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/account",
          schemaPath: "#/properties/account/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.owner !== undefined) {
      let data1 = data.owner;
      if (typeof data1 === "string") {
        if (func2(data1) > 256) {
          const err3 = {
            instancePath: instancePath + "/owner",
            schemaPath: "#/properties/owner/maxLength",
            keyword: "maxLength",
            params: { limit: 256 },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (func2(data1) < 1) {
          const err4 = {
            instancePath: instancePath + "/owner",
            schemaPath: "#/properties/owner/minLength",
            keyword: "minLength",
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (!pattern27.test(data1)) {
          const err5 = {
            instancePath: instancePath + "/owner",
            schemaPath: "#/properties/owner/pattern",
            keyword: "pattern",
            params: { pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$" },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/owner",
          schemaPath: "#/properties/owner/type",
          keyword: "type",
          params: { type: "string" },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.protected !== undefined) {
      let data2 = data.protected;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 === "string") {
            if (!pattern7.test(data3)) {
              const err7 = {
                instancePath: instancePath + "/protected/" + i0,
                schemaPath: "#/$defs/ExistingUserName/pattern",
                keyword: "pattern",
                params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = {
              instancePath: instancePath + "/protected/" + i0,
              schemaPath: "#/$defs/ExistingUserName/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/protected",
          schemaPath: "#/properties/protected/type",
          keyword: "type",
          params: { type: "array" },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.ignore !== undefined) {
      let data4 = data.ignore;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key1 in data4) {
          if (!(key1 === "users" || key1 === "groups" || key1 === "tags")) {
            const err10 = {
              instancePath: instancePath + "/ignore",
              schemaPath: "#/properties/ignore/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key1 },
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data4.users !== undefined) {
          let data5 = data4.users;
          if (Array.isArray(data5)) {
            const len1 = data5.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data6 = data5[i1];
              if (typeof data6 === "string") {
                if (func2(data6) > 256) {
                  const err11 = {
                    instancePath: instancePath + "/ignore/users/" + i1,
                    schemaPath: "#/$defs/Pattern/maxLength",
                    keyword: "maxLength",
                    params: { limit: 256 },
                  };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
                if (func2(data6) < 1) {
                  const err12 = {
                    instancePath: instancePath + "/ignore/users/" + i1,
                    schemaPath: "#/$defs/Pattern/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                  };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              } else {
                const err13 = {
                  instancePath: instancePath + "/ignore/users/" + i1,
                  schemaPath: "#/$defs/Pattern/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
            }
          } else {
            const err14 = {
              instancePath: instancePath + "/ignore/users",
              schemaPath: "#/properties/ignore/properties/users/type",
              keyword: "type",
              params: { type: "array" },
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        if (data4.groups !== undefined) {
          let data7 = data4.groups;
          if (Array.isArray(data7)) {
            const len2 = data7.length;
            for (let i2 = 0; i2 < len2; i2++) {
              let data8 = data7[i2];
              if (typeof data8 === "string") {
                if (func2(data8) > 256) {
                  const err15 = {
                    instancePath: instancePath + "/ignore/groups/" + i2,
                    schemaPath: "#/$defs/Pattern/maxLength",
                    keyword: "maxLength",
                    params: { limit: 256 },
                  };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
                if (func2(data8) < 1) {
                  const err16 = {
                    instancePath: instancePath + "/ignore/groups/" + i2,
                    schemaPath: "#/$defs/Pattern/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                  };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
              } else {
                const err17 = {
                  instancePath: instancePath + "/ignore/groups/" + i2,
                  schemaPath: "#/$defs/Pattern/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
          } else {
            const err18 = {
              instancePath: instancePath + "/ignore/groups",
              schemaPath: "#/properties/ignore/properties/groups/type",
              keyword: "type",
              params: { type: "array" },
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data4.tags !== undefined) {
          let data9 = data4.tags;
          if (Array.isArray(data9)) {
            const len3 = data9.length;
            for (let i3 = 0; i3 < len3; i3++) {
              let data10 = data9[i3];
              if (typeof data10 === "string") {
                if (func2(data10) > 256) {
                  const err19 = {
                    instancePath: instancePath + "/ignore/tags/" + i3,
                    schemaPath: "#/$defs/Pattern/maxLength",
                    keyword: "maxLength",
                    params: { limit: 256 },
                  };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
                if (func2(data10) < 1) {
                  const err20 = {
                    instancePath: instancePath + "/ignore/tags/" + i3,
                    schemaPath: "#/$defs/Pattern/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                  };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = {
                  instancePath: instancePath + "/ignore/tags/" + i3,
                  schemaPath: "#/$defs/Pattern/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
          } else {
            const err22 = {
              instancePath: instancePath + "/ignore/tags",
              schemaPath: "#/properties/ignore/properties/tags/type",
              keyword: "type",
              params: { type: "array" },
            };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
      } else {
        const err23 = {
          instancePath: instancePath + "/ignore",
          schemaPath: "#/properties/ignore/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.admins !== undefined) {
      let data11 = data.admins;
      if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
        for (const key2 in data11) {
          if (!(key2 === "groups" || key2 === "atLeast")) {
            const err24 = {
              instancePath: instancePath + "/admins",
              schemaPath: "#/properties/admins/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key2 },
            };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data11.groups !== undefined) {
          let data12 = data11.groups;
          if (Array.isArray(data12)) {
            const len4 = data12.length;
            for (let i4 = 0; i4 < len4; i4++) {
              let data13 = data12[i4];
              if (typeof data13 === "string") {
                if (!pattern7.test(data13)) {
                  const err25 = {
                    instancePath: instancePath + "/admins/groups/" + i4,
                    schemaPath: "#/$defs/GroupName/pattern",
                    keyword: "pattern",
                    params: { pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$" },
                  };
                  if (vErrors === null) {
                    vErrors = [err25];
                  } else {
                    vErrors.push(err25);
                  }
                  errors++;
                }
              } else {
                const err26 = {
                  instancePath: instancePath + "/admins/groups/" + i4,
                  schemaPath: "#/$defs/GroupName/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err26];
                } else {
                  vErrors.push(err26);
                }
                errors++;
              }
            }
          } else {
            const err27 = {
              instancePath: instancePath + "/admins/groups",
              schemaPath: "#/properties/admins/properties/groups/type",
              keyword: "type",
              params: { type: "array" },
            };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data11.atLeast !== undefined) {
          let data14 = data11.atLeast;
          if (!(typeof data14 == "number" && !(data14 % 1) && !isNaN(data14) && isFinite(data14))) {
            const err28 = {
              instancePath: instancePath + "/admins/atLeast",
              schemaPath: "#/properties/admins/properties/atLeast/type",
              keyword: "type",
              params: { type: "integer" },
            };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
          if (typeof data14 == "number" && isFinite(data14)) {
            if (data14 < 1 || isNaN(data14)) {
              const err29 = {
                instancePath: instancePath + "/admins/atLeast",
                schemaPath: "#/properties/admins/properties/atLeast/minimum",
                keyword: "minimum",
                params: { comparison: ">=", limit: 1 },
              };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
        }
      } else {
        const err30 = {
          instancePath: instancePath + "/admins",
          schemaPath: "#/properties/admins/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.limits !== undefined) {
      let data15 = data.limits;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        for (const key3 in data15) {
          if (!(key3 === "losing" || key3 === "override")) {
            const err31 = {
              instancePath: instancePath + "/limits",
              schemaPath: "#/properties/limits/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key3 },
            };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
        if (data15.losing !== undefined) {
          let data16 = data15.losing;
          if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
            for (const key4 in data16) {
              if (!(key4 === "people" || key4 === "percent")) {
                const err32 = {
                  instancePath: instancePath + "/limits/losing",
                  schemaPath: "#/properties/limits/properties/losing/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key4 },
                };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
            if (data16.people !== undefined) {
              let data17 = data16.people;
              if (!(typeof data17 == "number" && !(data17 % 1) && !isNaN(data17) && isFinite(data17))) {
                const err33 = {
                  instancePath: instancePath + "/limits/losing/people",
                  schemaPath: "#/properties/limits/properties/losing/properties/people/type",
                  keyword: "type",
                  params: { type: "integer" },
                };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
              if (typeof data17 == "number" && isFinite(data17)) {
                if (data17 < 0 || isNaN(data17)) {
                  const err34 = {
                    instancePath: instancePath + "/limits/losing/people",
                    schemaPath: "#/properties/limits/properties/losing/properties/people/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                  };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
              }
            }
            if (data16.percent !== undefined) {
              let data18 = data16.percent;
              if (typeof data18 == "number" && isFinite(data18)) {
                if (data18 > 100 || isNaN(data18)) {
                  const err35 = {
                    instancePath: instancePath + "/limits/losing/percent",
                    schemaPath: "#/properties/limits/properties/losing/properties/percent/maximum",
                    keyword: "maximum",
                    params: { comparison: "<=", limit: 100 },
                  };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
                if (data18 < 0 || isNaN(data18)) {
                  const err36 = {
                    instancePath: instancePath + "/limits/losing/percent",
                    schemaPath: "#/properties/limits/properties/losing/properties/percent/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                  };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
              } else {
                const err37 = {
                  instancePath: instancePath + "/limits/losing/percent",
                  schemaPath: "#/properties/limits/properties/losing/properties/percent/type",
                  keyword: "type",
                  params: { type: "number" },
                };
                if (vErrors === null) {
                  vErrors = [err37];
                } else {
                  vErrors.push(err37);
                }
                errors++;
              }
            }
          } else {
            const err38 = {
              instancePath: instancePath + "/limits/losing",
              schemaPath: "#/properties/limits/properties/losing/type",
              keyword: "type",
              params: { type: "object" },
            };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        }
        if (data15.override !== undefined) {
          let data19 = data15.override;
          if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
            for (const key5 in data19) {
              if (!(key5 === "losing" || key5 === "firstContact" || key5 === "until" || key5 === "reason")) {
                const err39 = {
                  instancePath: instancePath + "/limits/override",
                  schemaPath: "#/properties/limits/properties/override/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key5 },
                };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
            if (data19.losing !== undefined) {
              let data20 = data19.losing;
              if (!(typeof data20 == "number" && !(data20 % 1) && !isNaN(data20) && isFinite(data20))) {
                const err40 = {
                  instancePath: instancePath + "/limits/override/losing",
                  schemaPath: "#/properties/limits/properties/override/properties/losing/type",
                  keyword: "type",
                  params: { type: "integer" },
                };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
              if (typeof data20 == "number" && isFinite(data20)) {
                if (data20 < 0 || isNaN(data20)) {
                  const err41 = {
                    instancePath: instancePath + "/limits/override/losing",
                    schemaPath: "#/properties/limits/properties/override/properties/losing/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                  };
                  if (vErrors === null) {
                    vErrors = [err41];
                  } else {
                    vErrors.push(err41);
                  }
                  errors++;
                }
              }
            }
            if (data19.firstContact !== undefined) {
              if (typeof data19.firstContact !== "boolean") {
                const err42 = {
                  instancePath: instancePath + "/limits/override/firstContact",
                  schemaPath: "#/properties/limits/properties/override/properties/firstContact/type",
                  keyword: "type",
                  params: { type: "boolean" },
                };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            if (data19.until !== undefined) {
              let data22 = data19.until;
              if (typeof data22 === "string") {
                if (!pattern9.test(data22)) {
                  const err43 = {
                    instancePath: instancePath + "/limits/override/until",
                    schemaPath: "#/$defs/Until/pattern",
                    keyword: "pattern",
                    params: {
                      pattern:
                        "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$",
                    },
                  };
                  if (vErrors === null) {
                    vErrors = [err43];
                  } else {
                    vErrors.push(err43);
                  }
                  errors++;
                }
              } else {
                const err44 = {
                  instancePath: instancePath + "/limits/override/until",
                  schemaPath: "#/$defs/Until/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err44];
                } else {
                  vErrors.push(err44);
                }
                errors++;
              }
            }
            if (data19.reason !== undefined) {
              let data23 = data19.reason;
              if (typeof data23 === "string") {
                if (func2(data23) > 500) {
                  const err45 = {
                    instancePath: instancePath + "/limits/override/reason",
                    schemaPath: "#/properties/limits/properties/override/properties/reason/maxLength",
                    keyword: "maxLength",
                    params: { limit: 500 },
                  };
                  if (vErrors === null) {
                    vErrors = [err45];
                  } else {
                    vErrors.push(err45);
                  }
                  errors++;
                }
                if (func2(data23) < 1) {
                  const err46 = {
                    instancePath: instancePath + "/limits/override/reason",
                    schemaPath: "#/properties/limits/properties/override/properties/reason/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                  };
                  if (vErrors === null) {
                    vErrors = [err46];
                  } else {
                    vErrors.push(err46);
                  }
                  errors++;
                }
              } else {
                const err47 = {
                  instancePath: instancePath + "/limits/override/reason",
                  schemaPath: "#/properties/limits/properties/override/properties/reason/type",
                  keyword: "type",
                  params: { type: "string" },
                };
                if (vErrors === null) {
                  vErrors = [err47];
                } else {
                  vErrors.push(err47);
                }
                errors++;
              }
            }
            if (data19.losing !== undefined) {
              if (data19.until === undefined) {
                const err48 = {
                  instancePath: instancePath + "/limits/override",
                  schemaPath: "#/properties/limits/properties/override/dependentRequired",
                  keyword: "dependentRequired",
                  params: {
                    property: "losing",
                    missingProperty: "until",
                    depsCount: 2,
                    deps: "until, reason",
                  },
                };
                if (vErrors === null) {
                  vErrors = [err48];
                } else {
                  vErrors.push(err48);
                }
                errors++;
              }
              if (data19.reason === undefined) {
                const err49 = {
                  instancePath: instancePath + "/limits/override",
                  schemaPath: "#/properties/limits/properties/override/dependentRequired",
                  keyword: "dependentRequired",
                  params: {
                    property: "losing",
                    missingProperty: "reason",
                    depsCount: 2,
                    deps: "until, reason",
                  },
                };
                if (vErrors === null) {
                  vErrors = [err49];
                } else {
                  vErrors.push(err49);
                }
                errors++;
              }
            }
            if (data19.firstContact !== undefined) {
              if (data19.until === undefined) {
                const err50 = {
                  instancePath: instancePath + "/limits/override",
                  schemaPath: "#/properties/limits/properties/override/dependentRequired",
                  keyword: "dependentRequired",
                  params: {
                    property: "firstContact",
                    missingProperty: "until",
                    depsCount: 2,
                    deps: "until, reason",
                  },
                };
                if (vErrors === null) {
                  vErrors = [err50];
                } else {
                  vErrors.push(err50);
                }
                errors++;
              }
              if (data19.reason === undefined) {
                const err51 = {
                  instancePath: instancePath + "/limits/override",
                  schemaPath: "#/properties/limits/properties/override/dependentRequired",
                  keyword: "dependentRequired",
                  params: {
                    property: "firstContact",
                    missingProperty: "reason",
                    depsCount: 2,
                    deps: "until, reason",
                  },
                };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
            }
          } else {
            const err52 = {
              instancePath: instancePath + "/limits/override",
              schemaPath: "#/properties/limits/properties/override/type",
              keyword: "type",
              params: { type: "object" },
            };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
      } else {
        const err53 = {
          instancePath: instancePath + "/limits",
          schemaPath: "#/properties/limits/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err53];
        } else {
          vErrors.push(err53);
        }
        errors++;
      }
    }
    if (data.offboarding !== undefined) {
      let data24 = data.offboarding;
      if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
        for (const key6 in data24) {
          if (!(key6 === "deleteAfter" || key6 === "verifyAfter")) {
            const err54 = {
              instancePath: instancePath + "/offboarding",
              schemaPath: "#/properties/offboarding/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key6 },
            };
            if (vErrors === null) {
              vErrors = [err54];
            } else {
              vErrors.push(err54);
            }
            errors++;
          }
        }
        if (data24.deleteAfter !== undefined) {
          let data25 = data24.deleteAfter;
          if (typeof data25 === "string") {
            if (!pattern31.test(data25)) {
              const err55 = {
                instancePath: instancePath + "/offboarding/deleteAfter",
                schemaPath: "#/properties/offboarding/properties/deleteAfter/pattern",
                keyword: "pattern",
                params: { pattern: "^(never|[1-9]\\d{0,4}[smhdw])$" },
              };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
          } else {
            const err56 = {
              instancePath: instancePath + "/offboarding/deleteAfter",
              schemaPath: "#/properties/offboarding/properties/deleteAfter/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err56];
            } else {
              vErrors.push(err56);
            }
            errors++;
          }
        }
        if (data24.verifyAfter !== undefined) {
          let data26 = data24.verifyAfter;
          if (typeof data26 === "string") {
            if (!pattern32.test(data26)) {
              const err57 = {
                instancePath: instancePath + "/offboarding/verifyAfter",
                schemaPath: "#/properties/offboarding/properties/verifyAfter/pattern",
                keyword: "pattern",
                params: { pattern: "^\\d{1,3}[sm]$" },
              };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
          } else {
            const err58 = {
              instancePath: instancePath + "/offboarding/verifyAfter",
              schemaPath: "#/properties/offboarding/properties/verifyAfter/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
        }
      } else {
        const err59 = {
          instancePath: instancePath + "/offboarding",
          schemaPath: "#/properties/offboarding/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err59];
        } else {
          vErrors.push(err59);
        }
        errors++;
      }
    }
    if (data.credentials !== undefined) {
      let data27 = data.credentials;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        for (const key7 in data27) {
          if (!(key7 === "unclaimedAfter" || key7 === "rotationOverlap")) {
            const err60 = {
              instancePath: instancePath + "/credentials",
              schemaPath: "#/properties/credentials/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key7 },
            };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
        if (data27.unclaimedAfter !== undefined) {
          let data28 = data27.unclaimedAfter;
          if (typeof data28 === "string") {
            if (!pattern33.test(data28)) {
              const err61 = {
                instancePath: instancePath + "/credentials/unclaimedAfter",
                schemaPath: "#/$defs/Duration/pattern",
                keyword: "pattern",
                params: { pattern: "^[1-9]\\d{0,4}[smhdw]$" },
              };
              if (vErrors === null) {
                vErrors = [err61];
              } else {
                vErrors.push(err61);
              }
              errors++;
            }
          } else {
            const err62 = {
              instancePath: instancePath + "/credentials/unclaimedAfter",
              schemaPath: "#/$defs/Duration/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err62];
            } else {
              vErrors.push(err62);
            }
            errors++;
          }
        }
        if (data27.rotationOverlap !== undefined) {
          let data29 = data27.rotationOverlap;
          if (typeof data29 === "string") {
            if (!pattern33.test(data29)) {
              const err63 = {
                instancePath: instancePath + "/credentials/rotationOverlap",
                schemaPath: "#/$defs/Duration/pattern",
                keyword: "pattern",
                params: { pattern: "^[1-9]\\d{0,4}[smhdw]$" },
              };
              if (vErrors === null) {
                vErrors = [err63];
              } else {
                vErrors.push(err63);
              }
              errors++;
            }
          } else {
            const err64 = {
              instancePath: instancePath + "/credentials/rotationOverlap",
              schemaPath: "#/$defs/Duration/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err64];
            } else {
              vErrors.push(err64);
            }
            errors++;
          }
        }
      } else {
        const err65 = {
          instancePath: instancePath + "/credentials",
          schemaPath: "#/properties/credentials/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err65];
        } else {
          vErrors.push(err65);
        }
        errors++;
      }
    }
    if (data.hygiene !== undefined) {
      let data30 = data.hygiene;
      if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
        for (const key8 in data30) {
          if (!(key8 === "keyAge" || key8 === "unused")) {
            const err66 = {
              instancePath: instancePath + "/hygiene",
              schemaPath: "#/properties/hygiene/additionalProperties",
              keyword: "additionalProperties",
              params: { additionalProperty: key8 },
            };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
        if (data30.keyAge !== undefined) {
          let data31 = data30.keyAge;
          if (typeof data31 === "string") {
            if (!pattern33.test(data31)) {
              const err67 = {
                instancePath: instancePath + "/hygiene/keyAge",
                schemaPath: "#/$defs/Duration/pattern",
                keyword: "pattern",
                params: { pattern: "^[1-9]\\d{0,4}[smhdw]$" },
              };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
          } else {
            const err68 = {
              instancePath: instancePath + "/hygiene/keyAge",
              schemaPath: "#/$defs/Duration/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
        }
        if (data30.unused !== undefined) {
          let data32 = data30.unused;
          if (typeof data32 === "string") {
            if (!pattern33.test(data32)) {
              const err69 = {
                instancePath: instancePath + "/hygiene/unused",
                schemaPath: "#/$defs/Duration/pattern",
                keyword: "pattern",
                params: { pattern: "^[1-9]\\d{0,4}[smhdw]$" },
              };
              if (vErrors === null) {
                vErrors = [err69];
              } else {
                vErrors.push(err69);
              }
              errors++;
            }
          } else {
            const err70 = {
              instancePath: instancePath + "/hygiene/unused",
              schemaPath: "#/$defs/Duration/type",
              keyword: "type",
              params: { type: "string" },
            };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
        }
      } else {
        const err71 = {
          instancePath: instancePath + "/hygiene",
          schemaPath: "#/properties/hygiene/type",
          keyword: "type",
          params: { type: "object" },
        };
        if (vErrors === null) {
          vErrors = [err71];
        } else {
          vErrors.push(err71);
        }
        errors++;
      }
    }
  } else {
    const err72 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err72];
    } else {
      vErrors.push(err72);
    }
    errors++;
  }
  validate34.errors = vErrors;
  return errors === 0;
}
validate34.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function merged(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}
