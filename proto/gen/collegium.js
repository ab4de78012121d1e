/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $Array = $util.global.Array;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const collegium = $root.collegium = (() => {

    /**
     * Namespace collegium.
     * @exports collegium
     * @namespace
     */
    const collegium = {};

    collegium.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof collegium
         * @namespace
         */
        const v1 = {};

        v1.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} collegium.v1.Envelope.$Properties
             * @property {Uint8Array|null} [payload] Envelope payload
             * @property {Uint8Array|null} [key_id] Envelope key_id
             * @property {Uint8Array|null} [signature] Envelope signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof collegium.v1
             * @interface IEnvelope
             * @augments collegium.v1.Envelope.$Properties
             * @deprecated Use collegium.v1.Envelope.$Properties instead.
             */

            /**
             * Shape of an Envelope.
             * @typedef {collegium.v1.Envelope.$Properties} collegium.v1.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof collegium.v1
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {collegium.v1.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope payload.
             * @member {Uint8Array} payload
             * @memberof collegium.v1.Envelope
             * @instance
             */
            Envelope.prototype.payload = $util.newBuffer([]);

            /**
             * Envelope key_id.
             * @member {Uint8Array} key_id
             * @memberof collegium.v1.Envelope
             * @instance
             */
            Envelope.prototype.key_id = $util.newBuffer([]);

            /**
             * Envelope signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.Envelope
             * @instance
             */
            Envelope.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new Envelope instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Envelope
             * @static
             * @param {collegium.v1.Envelope.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Envelope} Envelope instance
             * @type {{
             *   (properties: collegium.v1.Envelope.$Shape): collegium.v1.Envelope & collegium.v1.Envelope.$Shape;
             *   (properties?: collegium.v1.Envelope.$Properties): collegium.v1.Envelope;
             * }}
             */
            Envelope.create = function(properties) {
                return new Envelope(properties);
            };

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link collegium.v1.Envelope.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Envelope
             * @static
             * @param {collegium.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.payload);
                if (message.key_id != null && $Object.hasOwnProperty.call(message, "key_id") && message.key_id.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key_id);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Envelope & collegium.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.key_id = value;
                            else
                                delete message.key_id;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Envelope message.
             * @function verify
             * @memberof collegium.v1.Envelope
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Envelope.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload"))
                    if (!(message.payload && typeof message.payload.length === "number" || $util.isString(message.payload)))
                        return "payload: buffer expected";
                if (message.key_id != null && $Object.hasOwnProperty.call(message, "key_id"))
                    if (!(message.key_id && typeof message.key_id.length === "number" || $util.isString(message.key_id)))
                        return "key_id: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Envelope
             * @function getTypeUrl
             * @memberof collegium.v1.Envelope
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Envelope.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Envelope";
            };

            return Envelope;
        })();

        v1.Message = (function() {

            /**
             * Properties of a Message.
             * @typedef {Object} collegium.v1.Message.$Properties
             * @property {number|null} [version] Message version
             * @property {Uint8Array|null} [federation] Message federation
             * @property {number|null} [sequence] Message sequence
             * @property {number|null} [expires_at_ms] Message expires_at_ms
             * @property {number|null} [in_reply_to] Message in_reply_to
             * @property {collegium.v1.Hello.$Properties|null} [hello] Message hello
             * @property {collegium.v1.EnrolmentRequest.$Properties|null} [enrolment_request] Message enrolment_request
             * @property {collegium.v1.Poll.$Properties|null} [poll] Message poll
             * @property {collegium.v1.Answer.$Properties|null} [answer] Message answer
             * @property {collegium.v1.Refusal.$Properties|null} [refusal] Message refusal
             * @property {collegium.v1.BlobRequest.$Properties|null} [blob_request] Message blob_request
             * @property {collegium.v1.KeyOffer.$Properties|null} [key_offer] Message key_offer
             * @property {collegium.v1.SealedShares.$Properties|null} [sealed_shares] Message sealed_shares
             * @property {collegium.v1.SurvivorSignature.$Properties|null} [survivor_signature] Message survivor_signature
             * @property {collegium.v1.UnmaskShares.$Properties|null} [unmask_shares] Message unmask_shares
             * @property {collegium.v1.GroupCommitment.$Properties|null} [group_commitment] Message group_commitment
             * @property {collegium.v1.GroupContribution.$Properties|null} [group_contribution] Message group_contribution
             * @property {collegium.v1.KeyRotation.$Properties|null} [key_rotation] Message key_rotation
             * @property {collegium.v1.Welcome.$Properties|null} [welcome] Message welcome
             * @property {collegium.v1.EnrolmentStatus.$Properties|null} [enrolment_status] Message enrolment_status
             * @property {collegium.v1.Inbox.$Properties|null} [inbox] Message inbox
             * @property {collegium.v1.Receipt.$Properties|null} [receipt] Message receipt
             * @property {collegium.v1.BlobChunk.$Properties|null} [blob_chunk] Message blob_chunk
             * @property {collegium.v1.ErrorReply.$Properties|null} [error] Message error
             * @property {"hello"|"enrolment_request"|"poll"|"answer"|"refusal"|"blob_request"|"key_offer"|"sealed_shares"|"survivor_signature"|"unmask_shares"|"group_commitment"|"group_contribution"|"key_rotation"|"welcome"|"enrolment_status"|"inbox"|"receipt"|"blob_chunk"|"error"} [body] Message body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Message.
             * @memberof collegium.v1
             * @interface IMessage
             * @augments collegium.v1.Message.$Properties
             * @deprecated Use collegium.v1.Message.$Properties instead.
             */

            /**
             * Narrowed shape of a Message.
             * @typedef {{
             *   version?: number|null;
             *   federation?: Uint8Array|null;
             *   sequence?: number|null;
             *   expires_at_ms?: number|null;
             *   in_reply_to?: number|null;
             *   hello?: collegium.v1.Hello.$Shape|null;
             *   enrolment_request?: collegium.v1.EnrolmentRequest.$Shape|null;
             *   poll?: collegium.v1.Poll.$Shape|null;
             *   answer?: collegium.v1.Answer.$Shape|null;
             *   refusal?: collegium.v1.Refusal.$Shape|null;
             *   blob_request?: collegium.v1.BlobRequest.$Shape|null;
             *   key_offer?: collegium.v1.KeyOffer.$Shape|null;
             *   sealed_shares?: collegium.v1.SealedShares.$Shape|null;
             *   survivor_signature?: collegium.v1.SurvivorSignature.$Shape|null;
             *   unmask_shares?: collegium.v1.UnmaskShares.$Shape|null;
             *   group_commitment?: collegium.v1.GroupCommitment.$Shape|null;
             *   group_contribution?: collegium.v1.GroupContribution.$Shape|null;
             *   key_rotation?: collegium.v1.KeyRotation.$Shape|null;
             *   welcome?: collegium.v1.Welcome.$Shape|null;
             *   enrolment_status?: collegium.v1.EnrolmentStatus.$Shape|null;
             *   inbox?: collegium.v1.Inbox.$Shape|null;
             *   receipt?: collegium.v1.Receipt.$Shape|null;
             *   blob_chunk?: collegium.v1.BlobChunk.$Shape|null;
             *   error?: collegium.v1.ErrorReply.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "hello"; hello: collegium.v1.Hello.$Shape; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "enrolment_request"; hello?: null; enrolment_request: collegium.v1.EnrolmentRequest.$Shape; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "poll"; hello?: null; enrolment_request?: null; poll: collegium.v1.Poll.$Shape; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "answer"; hello?: null; enrolment_request?: null; poll?: null; answer: collegium.v1.Answer.$Shape; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "refusal"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal: collegium.v1.Refusal.$Shape; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "blob_request"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request: collegium.v1.BlobRequest.$Shape; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "key_offer"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer: collegium.v1.KeyOffer.$Shape; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "sealed_shares"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares: collegium.v1.SealedShares.$Shape; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "survivor_signature"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature: collegium.v1.SurvivorSignature.$Shape; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "unmask_shares"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares: collegium.v1.UnmaskShares.$Shape; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "group_commitment"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment: collegium.v1.GroupCommitment.$Shape; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "group_contribution"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution: collegium.v1.GroupContribution.$Shape; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "key_rotation"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation: collegium.v1.KeyRotation.$Shape; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "welcome"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome: collegium.v1.Welcome.$Shape; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "enrolment_status"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status: collegium.v1.EnrolmentStatus.$Shape; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "inbox"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox: collegium.v1.Inbox.$Shape; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "receipt"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt: collegium.v1.Receipt.$Shape; blob_chunk?: null; error?: null }|{ body?: "blob_chunk"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk: collegium.v1.BlobChunk.$Shape; error?: null }|{ body?: "error"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error: collegium.v1.ErrorReply.$Shape })
             * )} collegium.v1.Message.$Shape
             */

            /**
             * Constructs a new Message.
             * @memberof collegium.v1
             * @classdesc Represents a Message.
             * @constructor
             * @param {collegium.v1.Message.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Message = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Message version.
             * @member {number} version
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.version = 0;

            /**
             * Message federation.
             * @member {Uint8Array} federation
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.federation = $util.newBuffer([]);

            /**
             * Message sequence.
             * @member {number} sequence
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Message expires_at_ms.
             * @member {number} expires_at_ms
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.expires_at_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Message in_reply_to.
             * @member {number} in_reply_to
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.in_reply_to = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Message hello.
             * @member {collegium.v1.Hello.$Properties|null|undefined} hello
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.hello = null;

            /**
             * Message enrolment_request.
             * @member {collegium.v1.EnrolmentRequest.$Properties|null|undefined} enrolment_request
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.enrolment_request = null;

            /**
             * Message poll.
             * @member {collegium.v1.Poll.$Properties|null|undefined} poll
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.poll = null;

            /**
             * Message answer.
             * @member {collegium.v1.Answer.$Properties|null|undefined} answer
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.answer = null;

            /**
             * Message refusal.
             * @member {collegium.v1.Refusal.$Properties|null|undefined} refusal
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.refusal = null;

            /**
             * Message blob_request.
             * @member {collegium.v1.BlobRequest.$Properties|null|undefined} blob_request
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.blob_request = null;

            /**
             * Message key_offer.
             * @member {collegium.v1.KeyOffer.$Properties|null|undefined} key_offer
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.key_offer = null;

            /**
             * Message sealed_shares.
             * @member {collegium.v1.SealedShares.$Properties|null|undefined} sealed_shares
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.sealed_shares = null;

            /**
             * Message survivor_signature.
             * @member {collegium.v1.SurvivorSignature.$Properties|null|undefined} survivor_signature
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.survivor_signature = null;

            /**
             * Message unmask_shares.
             * @member {collegium.v1.UnmaskShares.$Properties|null|undefined} unmask_shares
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.unmask_shares = null;

            /**
             * Message group_commitment.
             * @member {collegium.v1.GroupCommitment.$Properties|null|undefined} group_commitment
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.group_commitment = null;

            /**
             * Message group_contribution.
             * @member {collegium.v1.GroupContribution.$Properties|null|undefined} group_contribution
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.group_contribution = null;

            /**
             * Message key_rotation.
             * @member {collegium.v1.KeyRotation.$Properties|null|undefined} key_rotation
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.key_rotation = null;

            /**
             * Message welcome.
             * @member {collegium.v1.Welcome.$Properties|null|undefined} welcome
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.welcome = null;

            /**
             * Message enrolment_status.
             * @member {collegium.v1.EnrolmentStatus.$Properties|null|undefined} enrolment_status
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.enrolment_status = null;

            /**
             * Message inbox.
             * @member {collegium.v1.Inbox.$Properties|null|undefined} inbox
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.inbox = null;

            /**
             * Message receipt.
             * @member {collegium.v1.Receipt.$Properties|null|undefined} receipt
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.receipt = null;

            /**
             * Message blob_chunk.
             * @member {collegium.v1.BlobChunk.$Properties|null|undefined} blob_chunk
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.blob_chunk = null;

            /**
             * Message error.
             * @member {collegium.v1.ErrorReply.$Properties|null|undefined} error
             * @memberof collegium.v1.Message
             * @instance
             */
            Message.prototype.error = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Message body.
             * @member {"hello"|"enrolment_request"|"poll"|"answer"|"refusal"|"blob_request"|"key_offer"|"sealed_shares"|"survivor_signature"|"unmask_shares"|"group_commitment"|"group_contribution"|"key_rotation"|"welcome"|"enrolment_status"|"inbox"|"receipt"|"blob_chunk"|"error"|undefined} body
             * @memberof collegium.v1.Message
             * @instance
             */
            $Object.defineProperty(Message.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "enrolment_request", "poll", "answer", "refusal", "blob_request", "key_offer", "sealed_shares", "survivor_signature", "unmask_shares", "group_commitment", "group_contribution", "key_rotation", "welcome", "enrolment_status", "inbox", "receipt", "blob_chunk", "error"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Message instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Message
             * @static
             * @param {collegium.v1.Message.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Message} Message instance
             * @type {{
             *   (properties: collegium.v1.Message.$Shape): collegium.v1.Message & collegium.v1.Message.$Shape;
             *   (properties?: collegium.v1.Message.$Properties): collegium.v1.Message;
             * }}
             */
            Message.create = function(properties) {
                return new Message(properties);
            };

            /**
             * Encodes the specified Message message. Does not implicitly {@link collegium.v1.Message.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Message
             * @static
             * @param {collegium.v1.Message.$Properties} message Message message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Message.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation") && message.federation.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.federation);
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.sequence);
                if (message.expires_at_ms != null && $Object.hasOwnProperty.call(message, "expires_at_ms") && (typeof message.expires_at_ms === "object" ? message.expires_at_ms.low || message.expires_at_ms.high : message.expires_at_ms !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.expires_at_ms);
                if (message.in_reply_to != null && $Object.hasOwnProperty.call(message, "in_reply_to") && (typeof message.in_reply_to === "object" ? message.in_reply_to.low || message.in_reply_to.high : message.in_reply_to !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.in_reply_to);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.collegium.v1.Hello.encode(message.hello, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.enrolment_request != null && $Object.hasOwnProperty.call(message, "enrolment_request"))
                    $root.collegium.v1.EnrolmentRequest.encode(message.enrolment_request, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.poll != null && $Object.hasOwnProperty.call(message, "poll"))
                    $root.collegium.v1.Poll.encode(message.poll, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.answer != null && $Object.hasOwnProperty.call(message, "answer"))
                    $root.collegium.v1.Answer.encode(message.answer, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal"))
                    $root.collegium.v1.Refusal.encode(message.refusal, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.blob_request != null && $Object.hasOwnProperty.call(message, "blob_request"))
                    $root.collegium.v1.BlobRequest.encode(message.blob_request, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.key_offer != null && $Object.hasOwnProperty.call(message, "key_offer"))
                    $root.collegium.v1.KeyOffer.encode(message.key_offer, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.sealed_shares != null && $Object.hasOwnProperty.call(message, "sealed_shares"))
                    $root.collegium.v1.SealedShares.encode(message.sealed_shares, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.survivor_signature != null && $Object.hasOwnProperty.call(message, "survivor_signature"))
                    $root.collegium.v1.SurvivorSignature.encode(message.survivor_signature, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.unmask_shares != null && $Object.hasOwnProperty.call(message, "unmask_shares"))
                    $root.collegium.v1.UnmaskShares.encode(message.unmask_shares, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.collegium.v1.Welcome.encode(message.welcome, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.enrolment_status != null && $Object.hasOwnProperty.call(message, "enrolment_status"))
                    $root.collegium.v1.EnrolmentStatus.encode(message.enrolment_status, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.inbox != null && $Object.hasOwnProperty.call(message, "inbox"))
                    $root.collegium.v1.Inbox.encode(message.inbox, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.receipt != null && $Object.hasOwnProperty.call(message, "receipt"))
                    $root.collegium.v1.Receipt.encode(message.receipt, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.blob_chunk != null && $Object.hasOwnProperty.call(message, "blob_chunk"))
                    $root.collegium.v1.BlobChunk.encode(message.blob_chunk, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.collegium.v1.ErrorReply.encode(message.error, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                if (message.key_rotation != null && $Object.hasOwnProperty.call(message, "key_rotation"))
                    $root.collegium.v1.KeyRotation.encode(message.key_rotation, writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                if (message.group_commitment != null && $Object.hasOwnProperty.call(message, "group_commitment"))
                    $root.collegium.v1.GroupCommitment.encode(message.group_commitment, writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
                if (message.group_contribution != null && $Object.hasOwnProperty.call(message, "group_contribution"))
                    $root.collegium.v1.GroupContribution.encode(message.group_contribution, writer.uint32(/* id 32, wireType 2 =*/258).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Message
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Message & collegium.v1.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Message.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Message();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.federation = value;
                            else
                                delete message.federation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.expires_at_ms = value;
                            else
                                delete message.expires_at_ms;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.in_reply_to = value;
                            else
                                delete message.in_reply_to;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.collegium.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.enrolment_request = $root.collegium.v1.EnrolmentRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.enrolment_request);
                            message.body = "enrolment_request";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.poll = $root.collegium.v1.Poll.decode(reader, reader.size(), $undefined, _depth + 1, message.poll);
                            message.body = "poll";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.answer = $root.collegium.v1.Answer.decode(reader, reader.size(), $undefined, _depth + 1, message.answer);
                            message.body = "answer";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.refusal = $root.collegium.v1.Refusal.decode(reader, reader.size(), $undefined, _depth + 1, message.refusal);
                            message.body = "refusal";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.blob_request = $root.collegium.v1.BlobRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.blob_request);
                            message.body = "blob_request";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.key_offer = $root.collegium.v1.KeyOffer.decode(reader, reader.size(), $undefined, _depth + 1, message.key_offer);
                            message.body = "key_offer";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.sealed_shares = $root.collegium.v1.SealedShares.decode(reader, reader.size(), $undefined, _depth + 1, message.sealed_shares);
                            message.body = "sealed_shares";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.survivor_signature = $root.collegium.v1.SurvivorSignature.decode(reader, reader.size(), $undefined, _depth + 1, message.survivor_signature);
                            message.body = "survivor_signature";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.unmask_shares = $root.collegium.v1.UnmaskShares.decode(reader, reader.size(), $undefined, _depth + 1, message.unmask_shares);
                            message.body = "unmask_shares";
                            continue;
                        }
                    case 31: {
                            if (wireType !== 2)
                                break;
                            message.group_commitment = $root.collegium.v1.GroupCommitment.decode(reader, reader.size(), $undefined, _depth + 1, message.group_commitment);
                            message.body = "group_commitment";
                            continue;
                        }
                    case 32: {
                            if (wireType !== 2)
                                break;
                            message.group_contribution = $root.collegium.v1.GroupContribution.decode(reader, reader.size(), $undefined, _depth + 1, message.group_contribution);
                            message.body = "group_contribution";
                            continue;
                        }
                    case 30: {
                            if (wireType !== 2)
                                break;
                            message.key_rotation = $root.collegium.v1.KeyRotation.decode(reader, reader.size(), $undefined, _depth + 1, message.key_rotation);
                            message.body = "key_rotation";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.collegium.v1.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            message.body = "welcome";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.enrolment_status = $root.collegium.v1.EnrolmentStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.enrolment_status);
                            message.body = "enrolment_status";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.inbox = $root.collegium.v1.Inbox.decode(reader, reader.size(), $undefined, _depth + 1, message.inbox);
                            message.body = "inbox";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.receipt = $root.collegium.v1.Receipt.decode(reader, reader.size(), $undefined, _depth + 1, message.receipt);
                            message.body = "receipt";
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.blob_chunk = $root.collegium.v1.BlobChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.blob_chunk);
                            message.body = "blob_chunk";
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.collegium.v1.ErrorReply.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            message.body = "error";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Message message.
             * @function verify
             * @memberof collegium.v1.Message
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Message.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (!$util.isInteger(message.version))
                        return "version: integer expected";
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation"))
                    if (!(message.federation && typeof message.federation.length === "number" || $util.isString(message.federation)))
                        return "federation: buffer expected";
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                    if (!$util.isInteger(message.sequence) && !(message.sequence && $util.isInteger(message.sequence.low) && $util.isInteger(message.sequence.high)))
                        return "sequence: integer|Long expected";
                if (message.expires_at_ms != null && $Object.hasOwnProperty.call(message, "expires_at_ms"))
                    if (!$util.isInteger(message.expires_at_ms) && !(message.expires_at_ms && $util.isInteger(message.expires_at_ms.low) && $util.isInteger(message.expires_at_ms.high)))
                        return "expires_at_ms: integer|Long expected";
                if (message.in_reply_to != null && $Object.hasOwnProperty.call(message, "in_reply_to"))
                    if (!$util.isInteger(message.in_reply_to) && !(message.in_reply_to && $util.isInteger(message.in_reply_to.low) && $util.isInteger(message.in_reply_to.high)))
                        return "in_reply_to: integer|Long expected";
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello")) {
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Hello.verify(message.hello, _depth + 1);
                        if (error)
                            return "hello." + error;
                    }
                }
                if (message.enrolment_request != null && $Object.hasOwnProperty.call(message, "enrolment_request")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.EnrolmentRequest.verify(message.enrolment_request, _depth + 1);
                        if (error)
                            return "enrolment_request." + error;
                    }
                }
                if (message.poll != null && $Object.hasOwnProperty.call(message, "poll")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Poll.verify(message.poll, _depth + 1);
                        if (error)
                            return "poll." + error;
                    }
                }
                if (message.answer != null && $Object.hasOwnProperty.call(message, "answer")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Answer.verify(message.answer, _depth + 1);
                        if (error)
                            return "answer." + error;
                    }
                }
                if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Refusal.verify(message.refusal, _depth + 1);
                        if (error)
                            return "refusal." + error;
                    }
                }
                if (message.blob_request != null && $Object.hasOwnProperty.call(message, "blob_request")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.BlobRequest.verify(message.blob_request, _depth + 1);
                        if (error)
                            return "blob_request." + error;
                    }
                }
                if (message.key_offer != null && $Object.hasOwnProperty.call(message, "key_offer")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.KeyOffer.verify(message.key_offer, _depth + 1);
                        if (error)
                            return "key_offer." + error;
                    }
                }
                if (message.sealed_shares != null && $Object.hasOwnProperty.call(message, "sealed_shares")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.SealedShares.verify(message.sealed_shares, _depth + 1);
                        if (error)
                            return "sealed_shares." + error;
                    }
                }
                if (message.survivor_signature != null && $Object.hasOwnProperty.call(message, "survivor_signature")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.SurvivorSignature.verify(message.survivor_signature, _depth + 1);
                        if (error)
                            return "survivor_signature." + error;
                    }
                }
                if (message.unmask_shares != null && $Object.hasOwnProperty.call(message, "unmask_shares")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.UnmaskShares.verify(message.unmask_shares, _depth + 1);
                        if (error)
                            return "unmask_shares." + error;
                    }
                }
                if (message.group_commitment != null && $Object.hasOwnProperty.call(message, "group_commitment")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.GroupCommitment.verify(message.group_commitment, _depth + 1);
                        if (error)
                            return "group_commitment." + error;
                    }
                }
                if (message.group_contribution != null && $Object.hasOwnProperty.call(message, "group_contribution")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.GroupContribution.verify(message.group_contribution, _depth + 1);
                        if (error)
                            return "group_contribution." + error;
                    }
                }
                if (message.key_rotation != null && $Object.hasOwnProperty.call(message, "key_rotation")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.KeyRotation.verify(message.key_rotation, _depth + 1);
                        if (error)
                            return "key_rotation." + error;
                    }
                }
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Welcome.verify(message.welcome, _depth + 1);
                        if (error)
                            return "welcome." + error;
                    }
                }
                if (message.enrolment_status != null && $Object.hasOwnProperty.call(message, "enrolment_status")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.EnrolmentStatus.verify(message.enrolment_status, _depth + 1);
                        if (error)
                            return "enrolment_status." + error;
                    }
                }
                if (message.inbox != null && $Object.hasOwnProperty.call(message, "inbox")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Inbox.verify(message.inbox, _depth + 1);
                        if (error)
                            return "inbox." + error;
                    }
                }
                if (message.receipt != null && $Object.hasOwnProperty.call(message, "receipt")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.Receipt.verify(message.receipt, _depth + 1);
                        if (error)
                            return "receipt." + error;
                    }
                }
                if (message.blob_chunk != null && $Object.hasOwnProperty.call(message, "blob_chunk")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.BlobChunk.verify(message.blob_chunk, _depth + 1);
                        if (error)
                            return "blob_chunk." + error;
                    }
                }
                if (message.error != null && $Object.hasOwnProperty.call(message, "error")) {
                    if (properties.body === 1)
                        return "body: multiple values";
                    properties.body = 1;
                    {
                        let error = $root.collegium.v1.ErrorReply.verify(message.error, _depth + 1);
                        if (error)
                            return "error." + error;
                    }
                }
                return null;
            };

            /**
             * Gets the type url for Message
             * @function getTypeUrl
             * @memberof collegium.v1.Message
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Message.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Message";
            };

            return Message;
        })();

        v1.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} collegium.v1.Hello.$Properties
             * @property {number|null} [min_version] Hello min_version
             * @property {number|null} [max_version] Hello max_version
             * @property {string|null} [software] Hello software
             * @property {Uint8Array|null} [public_key] Hello public_key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof collegium.v1
             * @interface IHello
             * @augments collegium.v1.Hello.$Properties
             * @deprecated Use collegium.v1.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {collegium.v1.Hello.$Properties} collegium.v1.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof collegium.v1
             * @classdesc Represents a Hello.
             * @constructor
             * @param {collegium.v1.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello min_version.
             * @member {number} min_version
             * @memberof collegium.v1.Hello
             * @instance
             */
            Hello.prototype.min_version = 0;

            /**
             * Hello max_version.
             * @member {number} max_version
             * @memberof collegium.v1.Hello
             * @instance
             */
            Hello.prototype.max_version = 0;

            /**
             * Hello software.
             * @member {string} software
             * @memberof collegium.v1.Hello
             * @instance
             */
            Hello.prototype.software = "";

            /**
             * Hello public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.Hello
             * @instance
             */
            Hello.prototype.public_key = $util.newBuffer([]);

            /**
             * Creates a new Hello instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Hello
             * @static
             * @param {collegium.v1.Hello.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Hello} Hello instance
             * @type {{
             *   (properties: collegium.v1.Hello.$Shape): collegium.v1.Hello & collegium.v1.Hello.$Shape;
             *   (properties?: collegium.v1.Hello.$Properties): collegium.v1.Hello;
             * }}
             */
            Hello.create = function(properties) {
                return new Hello(properties);
            };

            /**
             * Encodes the specified Hello message. Does not implicitly {@link collegium.v1.Hello.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Hello
             * @static
             * @param {collegium.v1.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.min_version != null && $Object.hasOwnProperty.call(message, "min_version") && message.min_version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.min_version);
                if (message.max_version != null && $Object.hasOwnProperty.call(message, "max_version") && message.max_version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.max_version);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.software);
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.public_key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Hello & collegium.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.min_version = value;
                            else
                                delete message.min_version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.max_version = value;
                            else
                                delete message.max_version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Hello message.
             * @function verify
             * @memberof collegium.v1.Hello
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Hello.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.min_version != null && $Object.hasOwnProperty.call(message, "min_version"))
                    if (!$util.isInteger(message.min_version))
                        return "min_version: integer expected";
                if (message.max_version != null && $Object.hasOwnProperty.call(message, "max_version"))
                    if (!$util.isInteger(message.max_version))
                        return "max_version: integer expected";
                if (message.software != null && $Object.hasOwnProperty.call(message, "software"))
                    if (!$util.isString(message.software))
                        return "software: string expected";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Hello
             * @function getTypeUrl
             * @memberof collegium.v1.Hello
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Hello.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Hello";
            };

            return Hello;
        })();

        v1.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} collegium.v1.Welcome.$Properties
             * @property {number|null} [version] Welcome version
             * @property {Uint8Array|null} [public_key] Welcome public_key
             * @property {Uint8Array|null} [federation] Welcome federation
             * @property {string|null} [federation_name] Welcome federation_name
             * @property {collegium.v1.EnrolmentState|null} [enrolment] Welcome enrolment
             * @property {string|null} [site] Welcome site
             * @property {Array.<collegium.v1.CoordinatorKeyRotation.$Properties>|null} [rotations] Welcome rotations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof collegium.v1
             * @interface IWelcome
             * @augments collegium.v1.Welcome.$Properties
             * @deprecated Use collegium.v1.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {collegium.v1.Welcome.$Properties} collegium.v1.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof collegium.v1
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {collegium.v1.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                this.rotations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome version.
             * @member {number} version
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.version = 0;

            /**
             * Welcome public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.public_key = $util.newBuffer([]);

            /**
             * Welcome federation.
             * @member {Uint8Array} federation
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.federation = $util.newBuffer([]);

            /**
             * Welcome federation_name.
             * @member {string} federation_name
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.federation_name = "";

            /**
             * Welcome enrolment.
             * @member {collegium.v1.EnrolmentState} enrolment
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.enrolment = 0;

            /**
             * Welcome site.
             * @member {string} site
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.site = "";

            /**
             * Welcome rotations.
             * @member {Array.<collegium.v1.CoordinatorKeyRotation.$Properties>} rotations
             * @memberof collegium.v1.Welcome
             * @instance
             */
            Welcome.prototype.rotations = $util.emptyArray;

            /**
             * Creates a new Welcome instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Welcome
             * @static
             * @param {collegium.v1.Welcome.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Welcome} Welcome instance
             * @type {{
             *   (properties: collegium.v1.Welcome.$Shape): collegium.v1.Welcome & collegium.v1.Welcome.$Shape;
             *   (properties?: collegium.v1.Welcome.$Properties): collegium.v1.Welcome;
             * }}
             */
            Welcome.create = function(properties) {
                return new Welcome(properties);
            };

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link collegium.v1.Welcome.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Welcome
             * @static
             * @param {collegium.v1.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.public_key);
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation") && message.federation.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.federation);
                if (message.federation_name != null && $Object.hasOwnProperty.call(message, "federation_name") && message.federation_name !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.federation_name);
                if (message.enrolment != null && $Object.hasOwnProperty.call(message, "enrolment") && message.enrolment !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.enrolment);
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.site);
                if (message.rotations != null && message.rotations.length)
                    for (let i = 0; i < message.rotations.length; ++i)
                        $root.collegium.v1.CoordinatorKeyRotation.encode(message.rotations[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Welcome & collegium.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.federation = value;
                            else
                                delete message.federation;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.federation_name = value;
                            else
                                delete message.federation_name;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.enrolment = value;
                            else
                                delete message.enrolment;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rotations && message.rotations.length))
                                message.rotations = [];
                            message.rotations.push($root.collegium.v1.CoordinatorKeyRotation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Welcome message.
             * @function verify
             * @memberof collegium.v1.Welcome
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Welcome.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (!$util.isInteger(message.version))
                        return "version: integer expected";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation"))
                    if (!(message.federation && typeof message.federation.length === "number" || $util.isString(message.federation)))
                        return "federation: buffer expected";
                if (message.federation_name != null && $Object.hasOwnProperty.call(message, "federation_name"))
                    if (!$util.isString(message.federation_name))
                        return "federation_name: string expected";
                if (message.enrolment != null && $Object.hasOwnProperty.call(message, "enrolment"))
                    if (typeof message.enrolment !== "number" || (message.enrolment | 0) !== message.enrolment)
                        return "enrolment: enum value expected";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.rotations != null && $Object.hasOwnProperty.call(message, "rotations")) {
                    if (!$Array.isArray(message.rotations))
                        return "rotations: array expected";
                    for (let i = 0; i < message.rotations.length; ++i) {
                        let error = $root.collegium.v1.CoordinatorKeyRotation.verify(message.rotations[i], _depth + 1);
                        if (error)
                            return "rotations." + error;
                    }
                }
                return null;
            };

            /**
             * Gets the type url for Welcome
             * @function getTypeUrl
             * @memberof collegium.v1.Welcome
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Welcome.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Welcome";
            };

            return Welcome;
        })();

        v1.CoordinatorKeyRotation = (function() {

            /**
             * Properties of a CoordinatorKeyRotation.
             * @typedef {Object} collegium.v1.CoordinatorKeyRotation.$Properties
             * @property {Uint8Array|null} [old_key] CoordinatorKeyRotation old_key
             * @property {Uint8Array|null} [public_key] CoordinatorKeyRotation public_key
             * @property {Uint8Array|null} [signature_by_old] CoordinatorKeyRotation signature_by_old
             * @property {Uint8Array|null} [signature_by_new] CoordinatorKeyRotation signature_by_new
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CoordinatorKeyRotation.
             * @memberof collegium.v1
             * @interface ICoordinatorKeyRotation
             * @augments collegium.v1.CoordinatorKeyRotation.$Properties
             * @deprecated Use collegium.v1.CoordinatorKeyRotation.$Properties instead.
             */

            /**
             * Shape of a CoordinatorKeyRotation.
             * @typedef {collegium.v1.CoordinatorKeyRotation.$Properties} collegium.v1.CoordinatorKeyRotation.$Shape
             */

            /**
             * Constructs a new CoordinatorKeyRotation.
             * @memberof collegium.v1
             * @classdesc Represents a CoordinatorKeyRotation.
             * @constructor
             * @param {collegium.v1.CoordinatorKeyRotation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CoordinatorKeyRotation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CoordinatorKeyRotation old_key.
             * @member {Uint8Array} old_key
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @instance
             */
            CoordinatorKeyRotation.prototype.old_key = $util.newBuffer([]);

            /**
             * CoordinatorKeyRotation public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @instance
             */
            CoordinatorKeyRotation.prototype.public_key = $util.newBuffer([]);

            /**
             * CoordinatorKeyRotation signature_by_old.
             * @member {Uint8Array} signature_by_old
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @instance
             */
            CoordinatorKeyRotation.prototype.signature_by_old = $util.newBuffer([]);

            /**
             * CoordinatorKeyRotation signature_by_new.
             * @member {Uint8Array} signature_by_new
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @instance
             */
            CoordinatorKeyRotation.prototype.signature_by_new = $util.newBuffer([]);

            /**
             * Creates a new CoordinatorKeyRotation instance using the specified properties.
             * @function create
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @static
             * @param {collegium.v1.CoordinatorKeyRotation.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.CoordinatorKeyRotation} CoordinatorKeyRotation instance
             * @type {{
             *   (properties: collegium.v1.CoordinatorKeyRotation.$Shape): collegium.v1.CoordinatorKeyRotation & collegium.v1.CoordinatorKeyRotation.$Shape;
             *   (properties?: collegium.v1.CoordinatorKeyRotation.$Properties): collegium.v1.CoordinatorKeyRotation;
             * }}
             */
            CoordinatorKeyRotation.create = function(properties) {
                return new CoordinatorKeyRotation(properties);
            };

            /**
             * Encodes the specified CoordinatorKeyRotation message. Does not implicitly {@link collegium.v1.CoordinatorKeyRotation.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @static
             * @param {collegium.v1.CoordinatorKeyRotation.$Properties} message CoordinatorKeyRotation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CoordinatorKeyRotation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.old_key != null && $Object.hasOwnProperty.call(message, "old_key") && message.old_key.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.old_key);
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.public_key);
                if (message.signature_by_old != null && $Object.hasOwnProperty.call(message, "signature_by_old") && message.signature_by_old.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature_by_old);
                if (message.signature_by_new != null && $Object.hasOwnProperty.call(message, "signature_by_new") && message.signature_by_new.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signature_by_new);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CoordinatorKeyRotation message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.CoordinatorKeyRotation & collegium.v1.CoordinatorKeyRotation.$Shape} CoordinatorKeyRotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CoordinatorKeyRotation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.CoordinatorKeyRotation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.old_key = value;
                            else
                                delete message.old_key;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature_by_old = value;
                            else
                                delete message.signature_by_old;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature_by_new = value;
                            else
                                delete message.signature_by_new;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a CoordinatorKeyRotation message.
             * @function verify
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CoordinatorKeyRotation.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.old_key != null && $Object.hasOwnProperty.call(message, "old_key"))
                    if (!(message.old_key && typeof message.old_key.length === "number" || $util.isString(message.old_key)))
                        return "old_key: buffer expected";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                if (message.signature_by_old != null && $Object.hasOwnProperty.call(message, "signature_by_old"))
                    if (!(message.signature_by_old && typeof message.signature_by_old.length === "number" || $util.isString(message.signature_by_old)))
                        return "signature_by_old: buffer expected";
                if (message.signature_by_new != null && $Object.hasOwnProperty.call(message, "signature_by_new"))
                    if (!(message.signature_by_new && typeof message.signature_by_new.length === "number" || $util.isString(message.signature_by_new)))
                        return "signature_by_new: buffer expected";
                return null;
            };

            /**
             * Gets the type url for CoordinatorKeyRotation
             * @function getTypeUrl
             * @memberof collegium.v1.CoordinatorKeyRotation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CoordinatorKeyRotation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.CoordinatorKeyRotation";
            };

            return CoordinatorKeyRotation;
        })();

        /**
         * EnrolmentState enum.
         * @name collegium.v1.EnrolmentState
         * @enum {number}
         * @property {number} UNKNOWN=0 UNKNOWN value
         * @property {number} PENDING=1 PENDING value
         * @property {number} APPROVED=2 APPROVED value
         * @property {number} REVOKED=3 REVOKED value
         */
        v1.EnrolmentState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNKNOWN"] = 0;
            values[valuesById[1] = "PENDING"] = 1;
            values[valuesById[2] = "APPROVED"] = 2;
            values[valuesById[3] = "REVOKED"] = 3;
            return values;
        })();

        v1.EnrolmentRequest = (function() {

            /**
             * Properties of an EnrolmentRequest.
             * @typedef {Object} collegium.v1.EnrolmentRequest.$Properties
             * @property {Uint8Array|null} [token] EnrolmentRequest token
             * @property {Uint8Array|null} [public_key] EnrolmentRequest public_key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EnrolmentRequest.
             * @memberof collegium.v1
             * @interface IEnrolmentRequest
             * @augments collegium.v1.EnrolmentRequest.$Properties
             * @deprecated Use collegium.v1.EnrolmentRequest.$Properties instead.
             */

            /**
             * Shape of an EnrolmentRequest.
             * @typedef {collegium.v1.EnrolmentRequest.$Properties} collegium.v1.EnrolmentRequest.$Shape
             */

            /**
             * Constructs a new EnrolmentRequest.
             * @memberof collegium.v1
             * @classdesc Represents an EnrolmentRequest.
             * @constructor
             * @param {collegium.v1.EnrolmentRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EnrolmentRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EnrolmentRequest token.
             * @member {Uint8Array} token
             * @memberof collegium.v1.EnrolmentRequest
             * @instance
             */
            EnrolmentRequest.prototype.token = $util.newBuffer([]);

            /**
             * EnrolmentRequest public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.EnrolmentRequest
             * @instance
             */
            EnrolmentRequest.prototype.public_key = $util.newBuffer([]);

            /**
             * Creates a new EnrolmentRequest instance using the specified properties.
             * @function create
             * @memberof collegium.v1.EnrolmentRequest
             * @static
             * @param {collegium.v1.EnrolmentRequest.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.EnrolmentRequest} EnrolmentRequest instance
             * @type {{
             *   (properties: collegium.v1.EnrolmentRequest.$Shape): collegium.v1.EnrolmentRequest & collegium.v1.EnrolmentRequest.$Shape;
             *   (properties?: collegium.v1.EnrolmentRequest.$Properties): collegium.v1.EnrolmentRequest;
             * }}
             */
            EnrolmentRequest.create = function(properties) {
                return new EnrolmentRequest(properties);
            };

            /**
             * Encodes the specified EnrolmentRequest message. Does not implicitly {@link collegium.v1.EnrolmentRequest.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.EnrolmentRequest
             * @static
             * @param {collegium.v1.EnrolmentRequest.$Properties} message EnrolmentRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EnrolmentRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.token);
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.public_key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EnrolmentRequest message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.EnrolmentRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.EnrolmentRequest & collegium.v1.EnrolmentRequest.$Shape} EnrolmentRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EnrolmentRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.EnrolmentRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an EnrolmentRequest message.
             * @function verify
             * @memberof collegium.v1.EnrolmentRequest
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            EnrolmentRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                    if (!(message.token && typeof message.token.length === "number" || $util.isString(message.token)))
                        return "token: buffer expected";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                return null;
            };

            /**
             * Gets the type url for EnrolmentRequest
             * @function getTypeUrl
             * @memberof collegium.v1.EnrolmentRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            EnrolmentRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.EnrolmentRequest";
            };

            return EnrolmentRequest;
        })();

        v1.EnrolmentStatus = (function() {

            /**
             * Properties of an EnrolmentStatus.
             * @typedef {Object} collegium.v1.EnrolmentStatus.$Properties
             * @property {collegium.v1.EnrolmentState|null} [state] EnrolmentStatus state
             * @property {string|null} [site] EnrolmentStatus site
             * @property {Uint8Array|null} [schema_hash] EnrolmentStatus schema_hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EnrolmentStatus.
             * @memberof collegium.v1
             * @interface IEnrolmentStatus
             * @augments collegium.v1.EnrolmentStatus.$Properties
             * @deprecated Use collegium.v1.EnrolmentStatus.$Properties instead.
             */

            /**
             * Shape of an EnrolmentStatus.
             * @typedef {collegium.v1.EnrolmentStatus.$Properties} collegium.v1.EnrolmentStatus.$Shape
             */

            /**
             * Constructs a new EnrolmentStatus.
             * @memberof collegium.v1
             * @classdesc Represents an EnrolmentStatus.
             * @constructor
             * @param {collegium.v1.EnrolmentStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EnrolmentStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EnrolmentStatus state.
             * @member {collegium.v1.EnrolmentState} state
             * @memberof collegium.v1.EnrolmentStatus
             * @instance
             */
            EnrolmentStatus.prototype.state = 0;

            /**
             * EnrolmentStatus site.
             * @member {string} site
             * @memberof collegium.v1.EnrolmentStatus
             * @instance
             */
            EnrolmentStatus.prototype.site = "";

            /**
             * EnrolmentStatus schema_hash.
             * @member {Uint8Array} schema_hash
             * @memberof collegium.v1.EnrolmentStatus
             * @instance
             */
            EnrolmentStatus.prototype.schema_hash = $util.newBuffer([]);

            /**
             * Creates a new EnrolmentStatus instance using the specified properties.
             * @function create
             * @memberof collegium.v1.EnrolmentStatus
             * @static
             * @param {collegium.v1.EnrolmentStatus.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.EnrolmentStatus} EnrolmentStatus instance
             * @type {{
             *   (properties: collegium.v1.EnrolmentStatus.$Shape): collegium.v1.EnrolmentStatus & collegium.v1.EnrolmentStatus.$Shape;
             *   (properties?: collegium.v1.EnrolmentStatus.$Properties): collegium.v1.EnrolmentStatus;
             * }}
             */
            EnrolmentStatus.create = function(properties) {
                return new EnrolmentStatus(properties);
            };

            /**
             * Encodes the specified EnrolmentStatus message. Does not implicitly {@link collegium.v1.EnrolmentStatus.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.EnrolmentStatus
             * @static
             * @param {collegium.v1.EnrolmentStatus.$Properties} message EnrolmentStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EnrolmentStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.state);
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.site);
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash") && message.schema_hash.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.schema_hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EnrolmentStatus message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.EnrolmentStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.EnrolmentStatus & collegium.v1.EnrolmentStatus.$Shape} EnrolmentStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EnrolmentStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.EnrolmentStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.schema_hash = value;
                            else
                                delete message.schema_hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an EnrolmentStatus message.
             * @function verify
             * @memberof collegium.v1.EnrolmentStatus
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            EnrolmentStatus.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    if (typeof message.state !== "number" || (message.state | 0) !== message.state)
                        return "state: enum value expected";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash"))
                    if (!(message.schema_hash && typeof message.schema_hash.length === "number" || $util.isString(message.schema_hash)))
                        return "schema_hash: buffer expected";
                return null;
            };

            /**
             * Gets the type url for EnrolmentStatus
             * @function getTypeUrl
             * @memberof collegium.v1.EnrolmentStatus
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            EnrolmentStatus.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.EnrolmentStatus";
            };

            return EnrolmentStatus;
        })();

        v1.KeyRotation = (function() {

            /**
             * Properties of a KeyRotation.
             * @typedef {Object} collegium.v1.KeyRotation.$Properties
             * @property {Uint8Array|null} [public_key] KeyRotation public_key
             * @property {Uint8Array|null} [signature_by_old] KeyRotation signature_by_old
             * @property {Uint8Array|null} [signature_by_new] KeyRotation signature_by_new
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeyRotation.
             * @memberof collegium.v1
             * @interface IKeyRotation
             * @augments collegium.v1.KeyRotation.$Properties
             * @deprecated Use collegium.v1.KeyRotation.$Properties instead.
             */

            /**
             * Shape of a KeyRotation.
             * @typedef {collegium.v1.KeyRotation.$Properties} collegium.v1.KeyRotation.$Shape
             */

            /**
             * Constructs a new KeyRotation.
             * @memberof collegium.v1
             * @classdesc Represents a KeyRotation.
             * @constructor
             * @param {collegium.v1.KeyRotation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeyRotation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeyRotation public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.KeyRotation
             * @instance
             */
            KeyRotation.prototype.public_key = $util.newBuffer([]);

            /**
             * KeyRotation signature_by_old.
             * @member {Uint8Array} signature_by_old
             * @memberof collegium.v1.KeyRotation
             * @instance
             */
            KeyRotation.prototype.signature_by_old = $util.newBuffer([]);

            /**
             * KeyRotation signature_by_new.
             * @member {Uint8Array} signature_by_new
             * @memberof collegium.v1.KeyRotation
             * @instance
             */
            KeyRotation.prototype.signature_by_new = $util.newBuffer([]);

            /**
             * Creates a new KeyRotation instance using the specified properties.
             * @function create
             * @memberof collegium.v1.KeyRotation
             * @static
             * @param {collegium.v1.KeyRotation.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.KeyRotation} KeyRotation instance
             * @type {{
             *   (properties: collegium.v1.KeyRotation.$Shape): collegium.v1.KeyRotation & collegium.v1.KeyRotation.$Shape;
             *   (properties?: collegium.v1.KeyRotation.$Properties): collegium.v1.KeyRotation;
             * }}
             */
            KeyRotation.create = function(properties) {
                return new KeyRotation(properties);
            };

            /**
             * Encodes the specified KeyRotation message. Does not implicitly {@link collegium.v1.KeyRotation.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.KeyRotation
             * @static
             * @param {collegium.v1.KeyRotation.$Properties} message KeyRotation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeyRotation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.public_key);
                if (message.signature_by_old != null && $Object.hasOwnProperty.call(message, "signature_by_old") && message.signature_by_old.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature_by_old);
                if (message.signature_by_new != null && $Object.hasOwnProperty.call(message, "signature_by_new") && message.signature_by_new.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature_by_new);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeyRotation message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.KeyRotation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.KeyRotation & collegium.v1.KeyRotation.$Shape} KeyRotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeyRotation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.KeyRotation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature_by_old = value;
                            else
                                delete message.signature_by_old;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature_by_new = value;
                            else
                                delete message.signature_by_new;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a KeyRotation message.
             * @function verify
             * @memberof collegium.v1.KeyRotation
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            KeyRotation.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                if (message.signature_by_old != null && $Object.hasOwnProperty.call(message, "signature_by_old"))
                    if (!(message.signature_by_old && typeof message.signature_by_old.length === "number" || $util.isString(message.signature_by_old)))
                        return "signature_by_old: buffer expected";
                if (message.signature_by_new != null && $Object.hasOwnProperty.call(message, "signature_by_new"))
                    if (!(message.signature_by_new && typeof message.signature_by_new.length === "number" || $util.isString(message.signature_by_new)))
                        return "signature_by_new: buffer expected";
                return null;
            };

            /**
             * Gets the type url for KeyRotation
             * @function getTypeUrl
             * @memberof collegium.v1.KeyRotation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KeyRotation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.KeyRotation";
            };

            return KeyRotation;
        })();

        v1.Poll = (function() {

            /**
             * Properties of a Poll.
             * @typedef {Object} collegium.v1.Poll.$Properties
             * @property {collegium.v1.SiteActivity|null} [activity] Poll activity
             * @property {string|null} [note] Poll note
             * @property {number|null} [progress] Poll progress
             * @property {number|null} [training_rows] Poll training_rows
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Poll.
             * @memberof collegium.v1
             * @interface IPoll
             * @augments collegium.v1.Poll.$Properties
             * @deprecated Use collegium.v1.Poll.$Properties instead.
             */

            /**
             * Shape of a Poll.
             * @typedef {collegium.v1.Poll.$Properties} collegium.v1.Poll.$Shape
             */

            /**
             * Constructs a new Poll.
             * @memberof collegium.v1
             * @classdesc Represents a Poll.
             * @constructor
             * @param {collegium.v1.Poll.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Poll = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Poll activity.
             * @member {collegium.v1.SiteActivity} activity
             * @memberof collegium.v1.Poll
             * @instance
             */
            Poll.prototype.activity = 0;

            /**
             * Poll note.
             * @member {string} note
             * @memberof collegium.v1.Poll
             * @instance
             */
            Poll.prototype.note = "";

            /**
             * Poll progress.
             * @member {number} progress
             * @memberof collegium.v1.Poll
             * @instance
             */
            Poll.prototype.progress = 0;

            /**
             * Poll training_rows.
             * @member {number} training_rows
             * @memberof collegium.v1.Poll
             * @instance
             */
            Poll.prototype.training_rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Poll instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Poll
             * @static
             * @param {collegium.v1.Poll.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Poll} Poll instance
             * @type {{
             *   (properties: collegium.v1.Poll.$Shape): collegium.v1.Poll & collegium.v1.Poll.$Shape;
             *   (properties?: collegium.v1.Poll.$Properties): collegium.v1.Poll;
             * }}
             */
            Poll.create = function(properties) {
                return new Poll(properties);
            };

            /**
             * Encodes the specified Poll message. Does not implicitly {@link collegium.v1.Poll.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Poll
             * @static
             * @param {collegium.v1.Poll.$Properties} message Poll message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Poll.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.activity != null && $Object.hasOwnProperty.call(message, "activity") && message.activity !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.activity);
                if (message.note != null && $Object.hasOwnProperty.call(message, "note") && message.note !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.note);
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress") && !$Object.is(message.progress, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.progress);
                if (message.training_rows != null && $Object.hasOwnProperty.call(message, "training_rows") && (typeof message.training_rows === "object" ? message.training_rows.low || message.training_rows.high : message.training_rows !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.training_rows);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Poll message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Poll
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Poll & collegium.v1.Poll.$Shape} Poll
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Poll.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Poll();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.activity = value;
                            else
                                delete message.activity;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.note = value;
                            else
                                delete message.note;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.progress = value;
                            else
                                delete message.progress;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.training_rows = value;
                            else
                                delete message.training_rows;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Poll message.
             * @function verify
             * @memberof collegium.v1.Poll
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Poll.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.activity != null && $Object.hasOwnProperty.call(message, "activity"))
                    if (typeof message.activity !== "number" || (message.activity | 0) !== message.activity)
                        return "activity: enum value expected";
                if (message.note != null && $Object.hasOwnProperty.call(message, "note"))
                    if (!$util.isString(message.note))
                        return "note: string expected";
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                    if (typeof message.progress !== "number")
                        return "progress: number expected";
                if (message.training_rows != null && $Object.hasOwnProperty.call(message, "training_rows"))
                    if (!$util.isInteger(message.training_rows) && !(message.training_rows && $util.isInteger(message.training_rows.low) && $util.isInteger(message.training_rows.high)))
                        return "training_rows: integer|Long expected";
                return null;
            };

            /**
             * Gets the type url for Poll
             * @function getTypeUrl
             * @memberof collegium.v1.Poll
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Poll.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Poll";
            };

            return Poll;
        })();

        /**
         * SiteActivity enum.
         * @name collegium.v1.SiteActivity
         * @enum {number}
         * @property {number} IDLE=0 IDLE value
         * @property {number} TRAINING=1 TRAINING value
         * @property {number} ANSWERING=2 ANSWERING value
         */
        v1.SiteActivity = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "IDLE"] = 0;
            values[valuesById[1] = "TRAINING"] = 1;
            values[valuesById[2] = "ANSWERING"] = 2;
            return values;
        })();

        v1.Inbox = (function() {

            /**
             * Properties of an Inbox.
             * @typedef {Object} collegium.v1.Inbox.$Properties
             * @property {collegium.v1.EnrolmentState|null} [enrolment] Inbox enrolment
             * @property {Uint8Array|null} [schema_hash] Inbox schema_hash
             * @property {Array.<collegium.v1.Question.$Properties>|null} [questions] Inbox questions
             * @property {Array.<collegium.v1.SurvivorSet.$Properties>|null} [survivor_sets] Inbox survivor_sets
             * @property {Array.<collegium.v1.SumRevealed.$Properties>|null} [sums] Inbox sums
             * @property {Array.<collegium.v1.StudentAnnouncement.$Properties>|null} [students] Inbox students
             * @property {Array.<collegium.v1.Evaluation.$Properties>|null} [evaluations] Inbox evaluations
             * @property {Array.<collegium.v1.MaskingTask.$Properties>|null} [masking] Inbox masking
             * @property {collegium.v1.JournalHead.$Properties|null} [journal] Inbox journal
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Inbox.
             * @memberof collegium.v1
             * @interface IInbox
             * @augments collegium.v1.Inbox.$Properties
             * @deprecated Use collegium.v1.Inbox.$Properties instead.
             */

            /**
             * Shape of an Inbox.
             * @typedef {collegium.v1.Inbox.$Properties} collegium.v1.Inbox.$Shape
             */

            /**
             * Constructs a new Inbox.
             * @memberof collegium.v1
             * @classdesc Represents an Inbox.
             * @constructor
             * @param {collegium.v1.Inbox.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Inbox = function (properties) {
                this.questions = [];
                this.survivor_sets = [];
                this.sums = [];
                this.students = [];
                this.evaluations = [];
                this.masking = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Inbox enrolment.
             * @member {collegium.v1.EnrolmentState} enrolment
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.enrolment = 0;

            /**
             * Inbox schema_hash.
             * @member {Uint8Array} schema_hash
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.schema_hash = $util.newBuffer([]);

            /**
             * Inbox questions.
             * @member {Array.<collegium.v1.Question.$Properties>} questions
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.questions = $util.emptyArray;

            /**
             * Inbox survivor_sets.
             * @member {Array.<collegium.v1.SurvivorSet.$Properties>} survivor_sets
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.survivor_sets = $util.emptyArray;

            /**
             * Inbox sums.
             * @member {Array.<collegium.v1.SumRevealed.$Properties>} sums
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.sums = $util.emptyArray;

            /**
             * Inbox students.
             * @member {Array.<collegium.v1.StudentAnnouncement.$Properties>} students
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.students = $util.emptyArray;

            /**
             * Inbox evaluations.
             * @member {Array.<collegium.v1.Evaluation.$Properties>} evaluations
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.evaluations = $util.emptyArray;

            /**
             * Inbox masking.
             * @member {Array.<collegium.v1.MaskingTask.$Properties>} masking
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.masking = $util.emptyArray;

            /**
             * Inbox journal.
             * @member {collegium.v1.JournalHead.$Properties|null|undefined} journal
             * @memberof collegium.v1.Inbox
             * @instance
             */
            Inbox.prototype.journal = null;

            /**
             * Creates a new Inbox instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Inbox
             * @static
             * @param {collegium.v1.Inbox.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Inbox} Inbox instance
             * @type {{
             *   (properties: collegium.v1.Inbox.$Shape): collegium.v1.Inbox & collegium.v1.Inbox.$Shape;
             *   (properties?: collegium.v1.Inbox.$Properties): collegium.v1.Inbox;
             * }}
             */
            Inbox.create = function(properties) {
                return new Inbox(properties);
            };

            /**
             * Encodes the specified Inbox message. Does not implicitly {@link collegium.v1.Inbox.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Inbox
             * @static
             * @param {collegium.v1.Inbox.$Properties} message Inbox message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Inbox.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.enrolment != null && $Object.hasOwnProperty.call(message, "enrolment") && message.enrolment !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.enrolment);
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash") && message.schema_hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.schema_hash);
                if (message.questions != null && message.questions.length)
                    for (let i = 0; i < message.questions.length; ++i)
                        $root.collegium.v1.Question.encode(message.questions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.survivor_sets != null && message.survivor_sets.length)
                    for (let i = 0; i < message.survivor_sets.length; ++i)
                        $root.collegium.v1.SurvivorSet.encode(message.survivor_sets[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.sums != null && message.sums.length)
                    for (let i = 0; i < message.sums.length; ++i)
                        $root.collegium.v1.SumRevealed.encode(message.sums[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.students != null && message.students.length)
                    for (let i = 0; i < message.students.length; ++i)
                        $root.collegium.v1.StudentAnnouncement.encode(message.students[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.evaluations != null && message.evaluations.length)
                    for (let i = 0; i < message.evaluations.length; ++i)
                        $root.collegium.v1.Evaluation.encode(message.evaluations[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.masking != null && message.masking.length)
                    for (let i = 0; i < message.masking.length; ++i)
                        $root.collegium.v1.MaskingTask.encode(message.masking[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.journal != null && $Object.hasOwnProperty.call(message, "journal"))
                    $root.collegium.v1.JournalHead.encode(message.journal, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Inbox message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Inbox
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Inbox & collegium.v1.Inbox.$Shape} Inbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Inbox.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Inbox();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.enrolment = value;
                            else
                                delete message.enrolment;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.schema_hash = value;
                            else
                                delete message.schema_hash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.questions && message.questions.length))
                                message.questions = [];
                            message.questions.push($root.collegium.v1.Question.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.survivor_sets && message.survivor_sets.length))
                                message.survivor_sets = [];
                            message.survivor_sets.push($root.collegium.v1.SurvivorSet.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sums && message.sums.length))
                                message.sums = [];
                            message.sums.push($root.collegium.v1.SumRevealed.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.students && message.students.length))
                                message.students = [];
                            message.students.push($root.collegium.v1.StudentAnnouncement.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.evaluations && message.evaluations.length))
                                message.evaluations = [];
                            message.evaluations.push($root.collegium.v1.Evaluation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.masking && message.masking.length))
                                message.masking = [];
                            message.masking.push($root.collegium.v1.MaskingTask.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.journal = $root.collegium.v1.JournalHead.decode(reader, reader.size(), $undefined, _depth + 1, message.journal);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Inbox message.
             * @function verify
             * @memberof collegium.v1.Inbox
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Inbox.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.enrolment != null && $Object.hasOwnProperty.call(message, "enrolment"))
                    if (typeof message.enrolment !== "number" || (message.enrolment | 0) !== message.enrolment)
                        return "enrolment: enum value expected";
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash"))
                    if (!(message.schema_hash && typeof message.schema_hash.length === "number" || $util.isString(message.schema_hash)))
                        return "schema_hash: buffer expected";
                if (message.questions != null && $Object.hasOwnProperty.call(message, "questions")) {
                    if (!$Array.isArray(message.questions))
                        return "questions: array expected";
                    for (let i = 0; i < message.questions.length; ++i) {
                        let error = $root.collegium.v1.Question.verify(message.questions[i], _depth + 1);
                        if (error)
                            return "questions." + error;
                    }
                }
                if (message.survivor_sets != null && $Object.hasOwnProperty.call(message, "survivor_sets")) {
                    if (!$Array.isArray(message.survivor_sets))
                        return "survivor_sets: array expected";
                    for (let i = 0; i < message.survivor_sets.length; ++i) {
                        let error = $root.collegium.v1.SurvivorSet.verify(message.survivor_sets[i], _depth + 1);
                        if (error)
                            return "survivor_sets." + error;
                    }
                }
                if (message.sums != null && $Object.hasOwnProperty.call(message, "sums")) {
                    if (!$Array.isArray(message.sums))
                        return "sums: array expected";
                    for (let i = 0; i < message.sums.length; ++i) {
                        let error = $root.collegium.v1.SumRevealed.verify(message.sums[i], _depth + 1);
                        if (error)
                            return "sums." + error;
                    }
                }
                if (message.students != null && $Object.hasOwnProperty.call(message, "students")) {
                    if (!$Array.isArray(message.students))
                        return "students: array expected";
                    for (let i = 0; i < message.students.length; ++i) {
                        let error = $root.collegium.v1.StudentAnnouncement.verify(message.students[i], _depth + 1);
                        if (error)
                            return "students." + error;
                    }
                }
                if (message.evaluations != null && $Object.hasOwnProperty.call(message, "evaluations")) {
                    if (!$Array.isArray(message.evaluations))
                        return "evaluations: array expected";
                    for (let i = 0; i < message.evaluations.length; ++i) {
                        let error = $root.collegium.v1.Evaluation.verify(message.evaluations[i], _depth + 1);
                        if (error)
                            return "evaluations." + error;
                    }
                }
                if (message.masking != null && $Object.hasOwnProperty.call(message, "masking")) {
                    if (!$Array.isArray(message.masking))
                        return "masking: array expected";
                    for (let i = 0; i < message.masking.length; ++i) {
                        let error = $root.collegium.v1.MaskingTask.verify(message.masking[i], _depth + 1);
                        if (error)
                            return "masking." + error;
                    }
                }
                if (message.journal != null && $Object.hasOwnProperty.call(message, "journal")) {
                    let error = $root.collegium.v1.JournalHead.verify(message.journal, _depth + 1);
                    if (error)
                        return "journal." + error;
                }
                return null;
            };

            /**
             * Gets the type url for Inbox
             * @function getTypeUrl
             * @memberof collegium.v1.Inbox
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Inbox.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Inbox";
            };

            return Inbox;
        })();

        v1.Question = (function() {

            /**
             * Properties of a Question.
             * @typedef {Object} collegium.v1.Question.$Properties
             * @property {Uint8Array|null} [manifest] Question manifest
             * @property {Uint8Array|null} [signature] Question signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Question.
             * @memberof collegium.v1
             * @interface IQuestion
             * @augments collegium.v1.Question.$Properties
             * @deprecated Use collegium.v1.Question.$Properties instead.
             */

            /**
             * Shape of a Question.
             * @typedef {collegium.v1.Question.$Properties} collegium.v1.Question.$Shape
             */

            /**
             * Constructs a new Question.
             * @memberof collegium.v1
             * @classdesc Represents a Question.
             * @constructor
             * @param {collegium.v1.Question.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Question = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Question manifest.
             * @member {Uint8Array} manifest
             * @memberof collegium.v1.Question
             * @instance
             */
            Question.prototype.manifest = $util.newBuffer([]);

            /**
             * Question signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.Question
             * @instance
             */
            Question.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new Question instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Question
             * @static
             * @param {collegium.v1.Question.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Question} Question instance
             * @type {{
             *   (properties: collegium.v1.Question.$Shape): collegium.v1.Question & collegium.v1.Question.$Shape;
             *   (properties?: collegium.v1.Question.$Properties): collegium.v1.Question;
             * }}
             */
            Question.create = function(properties) {
                return new Question(properties);
            };

            /**
             * Encodes the specified Question message. Does not implicitly {@link collegium.v1.Question.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Question
             * @static
             * @param {collegium.v1.Question.$Properties} message Question message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Question.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.manifest != null && $Object.hasOwnProperty.call(message, "manifest") && message.manifest.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.manifest);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Question message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Question
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Question & collegium.v1.Question.$Shape} Question
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Question.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Question();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.manifest = value;
                            else
                                delete message.manifest;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Question message.
             * @function verify
             * @memberof collegium.v1.Question
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Question.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.manifest != null && $Object.hasOwnProperty.call(message, "manifest"))
                    if (!(message.manifest && typeof message.manifest.length === "number" || $util.isString(message.manifest)))
                        return "manifest: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Question
             * @function getTypeUrl
             * @memberof collegium.v1.Question
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Question.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Question";
            };

            return Question;
        })();

        v1.QuestionManifest = (function() {

            /**
             * Properties of a QuestionManifest.
             * @typedef {Object} collegium.v1.QuestionManifest.$Properties
             * @property {number|null} [version] QuestionManifest version
             * @property {Uint8Array|null} [federation] QuestionManifest federation
             * @property {string|null} [run] QuestionManifest run
             * @property {number|null} [round] QuestionManifest round
             * @property {string|null} [purpose] QuestionManifest purpose
             * @property {Array.<collegium.v1.RosterEntry.$Properties>|null} [roster] QuestionManifest roster
             * @property {number|null} [threshold] QuestionManifest threshold
             * @property {collegium.v1.ShareSpec.$Properties|null} [share] QuestionManifest share
             * @property {collegium.v1.TransferSlice.$Properties|null} [transfer] QuestionManifest transfer
             * @property {Array.<Uint8Array>|null} [student_hashes] QuestionManifest student_hashes
             * @property {Uint8Array|null} [schema_hash] QuestionManifest schema_hash
             * @property {collegium.v1.PrivacySpec.$Properties|null} [privacy] QuestionManifest privacy
             * @property {number|null} [opened_at_ms] QuestionManifest opened_at_ms
             * @property {number|null} [expires_at_ms] QuestionManifest expires_at_ms
             * @property {number|null} [nonce] QuestionManifest nonce
             * @property {Array.<Uint8Array>|null} [revoked] QuestionManifest revoked
             * @property {collegium.v1.JournalHead.$Properties|null} [journal_head] QuestionManifest journal_head
             * @property {collegium.v1.GroupSpec.$Properties|null} [groups] QuestionManifest groups
             * @property {collegium.v1.DigestSpec.$Properties|null} [digest] QuestionManifest digest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a QuestionManifest.
             * @memberof collegium.v1
             * @interface IQuestionManifest
             * @augments collegium.v1.QuestionManifest.$Properties
             * @deprecated Use collegium.v1.QuestionManifest.$Properties instead.
             */

            /**
             * Shape of a QuestionManifest.
             * @typedef {collegium.v1.QuestionManifest.$Properties} collegium.v1.QuestionManifest.$Shape
             */

            /**
             * Constructs a new QuestionManifest.
             * @memberof collegium.v1
             * @classdesc Represents a QuestionManifest.
             * @constructor
             * @param {collegium.v1.QuestionManifest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const QuestionManifest = function (properties) {
                this.roster = [];
                this.student_hashes = [];
                this.revoked = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * QuestionManifest version.
             * @member {number} version
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.version = 0;

            /**
             * QuestionManifest federation.
             * @member {Uint8Array} federation
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.federation = $util.newBuffer([]);

            /**
             * QuestionManifest run.
             * @member {string} run
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.run = "";

            /**
             * QuestionManifest round.
             * @member {number} round
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.round = 0;

            /**
             * QuestionManifest purpose.
             * @member {string} purpose
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.purpose = "";

            /**
             * QuestionManifest roster.
             * @member {Array.<collegium.v1.RosterEntry.$Properties>} roster
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.roster = $util.emptyArray;

            /**
             * QuestionManifest threshold.
             * @member {number} threshold
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.threshold = 0;

            /**
             * QuestionManifest share.
             * @member {collegium.v1.ShareSpec.$Properties|null|undefined} share
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.share = null;

            /**
             * QuestionManifest transfer.
             * @member {collegium.v1.TransferSlice.$Properties|null|undefined} transfer
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.transfer = null;

            /**
             * QuestionManifest student_hashes.
             * @member {Array.<Uint8Array>} student_hashes
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.student_hashes = $util.emptyArray;

            /**
             * QuestionManifest schema_hash.
             * @member {Uint8Array} schema_hash
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.schema_hash = $util.newBuffer([]);

            /**
             * QuestionManifest privacy.
             * @member {collegium.v1.PrivacySpec.$Properties|null|undefined} privacy
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.privacy = null;

            /**
             * QuestionManifest opened_at_ms.
             * @member {number} opened_at_ms
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.opened_at_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * QuestionManifest expires_at_ms.
             * @member {number} expires_at_ms
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.expires_at_ms = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * QuestionManifest nonce.
             * @member {number} nonce
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * QuestionManifest revoked.
             * @member {Array.<Uint8Array>} revoked
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.revoked = $util.emptyArray;

            /**
             * QuestionManifest journal_head.
             * @member {collegium.v1.JournalHead.$Properties|null|undefined} journal_head
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.journal_head = null;

            /**
             * QuestionManifest groups.
             * @member {collegium.v1.GroupSpec.$Properties|null|undefined} groups
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.groups = null;

            /**
             * QuestionManifest digest.
             * @member {collegium.v1.DigestSpec.$Properties|null|undefined} digest
             * @memberof collegium.v1.QuestionManifest
             * @instance
             */
            QuestionManifest.prototype.digest = null;

            /**
             * Creates a new QuestionManifest instance using the specified properties.
             * @function create
             * @memberof collegium.v1.QuestionManifest
             * @static
             * @param {collegium.v1.QuestionManifest.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.QuestionManifest} QuestionManifest instance
             * @type {{
             *   (properties: collegium.v1.QuestionManifest.$Shape): collegium.v1.QuestionManifest & collegium.v1.QuestionManifest.$Shape;
             *   (properties?: collegium.v1.QuestionManifest.$Properties): collegium.v1.QuestionManifest;
             * }}
             */
            QuestionManifest.create = function(properties) {
                return new QuestionManifest(properties);
            };

            /**
             * Encodes the specified QuestionManifest message. Does not implicitly {@link collegium.v1.QuestionManifest.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.QuestionManifest
             * @static
             * @param {collegium.v1.QuestionManifest.$Properties} message QuestionManifest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QuestionManifest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation") && message.federation.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.federation);
                if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.run);
                if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.round);
                if (message.purpose != null && $Object.hasOwnProperty.call(message, "purpose") && message.purpose !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.purpose);
                if (message.roster != null && message.roster.length)
                    for (let i = 0; i < message.roster.length; ++i)
                        $root.collegium.v1.RosterEntry.encode(message.roster[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.threshold != null && $Object.hasOwnProperty.call(message, "threshold") && message.threshold !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.threshold);
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    $root.collegium.v1.ShareSpec.encode(message.share, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer"))
                    $root.collegium.v1.TransferSlice.encode(message.transfer, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.student_hashes != null && message.student_hashes.length)
                    for (let i = 0; i < message.student_hashes.length; ++i)
                        writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.student_hashes[i]);
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash") && message.schema_hash.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.schema_hash);
                if (message.privacy != null && $Object.hasOwnProperty.call(message, "privacy"))
                    $root.collegium.v1.PrivacySpec.encode(message.privacy, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.opened_at_ms != null && $Object.hasOwnProperty.call(message, "opened_at_ms") && (typeof message.opened_at_ms === "object" ? message.opened_at_ms.low || message.opened_at_ms.high : message.opened_at_ms !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.opened_at_ms);
                if (message.expires_at_ms != null && $Object.hasOwnProperty.call(message, "expires_at_ms") && (typeof message.expires_at_ms === "object" ? message.expires_at_ms.low || message.expires_at_ms.high : message.expires_at_ms !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.expires_at_ms);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.nonce);
                if (message.revoked != null && message.revoked.length)
                    for (let i = 0; i < message.revoked.length; ++i)
                        writer.uint32(/* id 16, wireType 2 =*/130).bytes(message.revoked[i]);
                if (message.journal_head != null && $Object.hasOwnProperty.call(message, "journal_head"))
                    $root.collegium.v1.JournalHead.encode(message.journal_head, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.groups != null && $Object.hasOwnProperty.call(message, "groups"))
                    $root.collegium.v1.GroupSpec.encode(message.groups, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    $root.collegium.v1.DigestSpec.encode(message.digest, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a QuestionManifest message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.QuestionManifest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.QuestionManifest & collegium.v1.QuestionManifest.$Shape} QuestionManifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QuestionManifest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.QuestionManifest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.federation = value;
                            else
                                delete message.federation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.run = value;
                            else
                                delete message.run;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.round = value;
                            else
                                delete message.round;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.purpose = value;
                            else
                                delete message.purpose;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.roster && message.roster.length))
                                message.roster = [];
                            message.roster.push($root.collegium.v1.RosterEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.threshold = value;
                            else
                                delete message.threshold;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.share = $root.collegium.v1.ShareSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.share);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.transfer = $root.collegium.v1.TransferSlice.decode(reader, reader.size(), $undefined, _depth + 1, message.transfer);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.student_hashes && message.student_hashes.length))
                                message.student_hashes = [];
                            message.student_hashes.push(reader.bytes());
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.schema_hash = value;
                            else
                                delete message.schema_hash;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.privacy = $root.collegium.v1.PrivacySpec.decode(reader, reader.size(), $undefined, _depth + 1, message.privacy);
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.opened_at_ms = value;
                            else
                                delete message.opened_at_ms;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.expires_at_ms = value;
                            else
                                delete message.expires_at_ms;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if (!(message.revoked && message.revoked.length))
                                message.revoked = [];
                            message.revoked.push(reader.bytes());
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.journal_head = $root.collegium.v1.JournalHead.decode(reader, reader.size(), $undefined, _depth + 1, message.journal_head);
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.groups = $root.collegium.v1.GroupSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.groups);
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.digest = $root.collegium.v1.DigestSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.digest);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a QuestionManifest message.
             * @function verify
             * @memberof collegium.v1.QuestionManifest
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            QuestionManifest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (!$util.isInteger(message.version))
                        return "version: integer expected";
                if (message.federation != null && $Object.hasOwnProperty.call(message, "federation"))
                    if (!(message.federation && typeof message.federation.length === "number" || $util.isString(message.federation)))
                        return "federation: buffer expected";
                if (message.run != null && $Object.hasOwnProperty.call(message, "run"))
                    if (!$util.isString(message.run))
                        return "run: string expected";
                if (message.round != null && $Object.hasOwnProperty.call(message, "round"))
                    if (!$util.isInteger(message.round))
                        return "round: integer expected";
                if (message.purpose != null && $Object.hasOwnProperty.call(message, "purpose"))
                    if (!$util.isString(message.purpose))
                        return "purpose: string expected";
                if (message.roster != null && $Object.hasOwnProperty.call(message, "roster")) {
                    if (!$Array.isArray(message.roster))
                        return "roster: array expected";
                    for (let i = 0; i < message.roster.length; ++i) {
                        let error = $root.collegium.v1.RosterEntry.verify(message.roster[i], _depth + 1);
                        if (error)
                            return "roster." + error;
                    }
                }
                if (message.threshold != null && $Object.hasOwnProperty.call(message, "threshold"))
                    if (!$util.isInteger(message.threshold))
                        return "threshold: integer expected";
                if (message.share != null && $Object.hasOwnProperty.call(message, "share")) {
                    let error = $root.collegium.v1.ShareSpec.verify(message.share, _depth + 1);
                    if (error)
                        return "share." + error;
                }
                if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer")) {
                    let error = $root.collegium.v1.TransferSlice.verify(message.transfer, _depth + 1);
                    if (error)
                        return "transfer." + error;
                }
                if (message.student_hashes != null && $Object.hasOwnProperty.call(message, "student_hashes")) {
                    if (!$Array.isArray(message.student_hashes))
                        return "student_hashes: array expected";
                    for (let i = 0; i < message.student_hashes.length; ++i)
                        if (!(message.student_hashes[i] && typeof message.student_hashes[i].length === "number" || $util.isString(message.student_hashes[i])))
                            return "student_hashes: buffer[] expected";
                }
                if (message.schema_hash != null && $Object.hasOwnProperty.call(message, "schema_hash"))
                    if (!(message.schema_hash && typeof message.schema_hash.length === "number" || $util.isString(message.schema_hash)))
                        return "schema_hash: buffer expected";
                if (message.privacy != null && $Object.hasOwnProperty.call(message, "privacy")) {
                    let error = $root.collegium.v1.PrivacySpec.verify(message.privacy, _depth + 1);
                    if (error)
                        return "privacy." + error;
                }
                if (message.opened_at_ms != null && $Object.hasOwnProperty.call(message, "opened_at_ms"))
                    if (!$util.isInteger(message.opened_at_ms) && !(message.opened_at_ms && $util.isInteger(message.opened_at_ms.low) && $util.isInteger(message.opened_at_ms.high)))
                        return "opened_at_ms: integer|Long expected";
                if (message.expires_at_ms != null && $Object.hasOwnProperty.call(message, "expires_at_ms"))
                    if (!$util.isInteger(message.expires_at_ms) && !(message.expires_at_ms && $util.isInteger(message.expires_at_ms.low) && $util.isInteger(message.expires_at_ms.high)))
                        return "expires_at_ms: integer|Long expected";
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce"))
                    if (!$util.isInteger(message.nonce) && !(message.nonce && $util.isInteger(message.nonce.low) && $util.isInteger(message.nonce.high)))
                        return "nonce: integer|Long expected";
                if (message.revoked != null && $Object.hasOwnProperty.call(message, "revoked")) {
                    if (!$Array.isArray(message.revoked))
                        return "revoked: array expected";
                    for (let i = 0; i < message.revoked.length; ++i)
                        if (!(message.revoked[i] && typeof message.revoked[i].length === "number" || $util.isString(message.revoked[i])))
                            return "revoked: buffer[] expected";
                }
                if (message.journal_head != null && $Object.hasOwnProperty.call(message, "journal_head")) {
                    let error = $root.collegium.v1.JournalHead.verify(message.journal_head, _depth + 1);
                    if (error)
                        return "journal_head." + error;
                }
                if (message.groups != null && $Object.hasOwnProperty.call(message, "groups")) {
                    let error = $root.collegium.v1.GroupSpec.verify(message.groups, _depth + 1);
                    if (error)
                        return "groups." + error;
                }
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest")) {
                    let error = $root.collegium.v1.DigestSpec.verify(message.digest, _depth + 1);
                    if (error)
                        return "digest." + error;
                }
                return null;
            };

            /**
             * Gets the type url for QuestionManifest
             * @function getTypeUrl
             * @memberof collegium.v1.QuestionManifest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            QuestionManifest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.QuestionManifest";
            };

            return QuestionManifest;
        })();

        v1.DigestSpec = (function() {

            /**
             * Properties of a DigestSpec.
             * @typedef {Object} collegium.v1.DigestSpec.$Properties
             * @property {Uint8Array|null} [hash] DigestSpec hash
             * @property {number|null} [epochs] DigestSpec epochs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DigestSpec.
             * @memberof collegium.v1
             * @interface IDigestSpec
             * @augments collegium.v1.DigestSpec.$Properties
             * @deprecated Use collegium.v1.DigestSpec.$Properties instead.
             */

            /**
             * Shape of a DigestSpec.
             * @typedef {collegium.v1.DigestSpec.$Properties} collegium.v1.DigestSpec.$Shape
             */

            /**
             * Constructs a new DigestSpec.
             * @memberof collegium.v1
             * @classdesc Represents a DigestSpec.
             * @constructor
             * @param {collegium.v1.DigestSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DigestSpec = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DigestSpec hash.
             * @member {Uint8Array} hash
             * @memberof collegium.v1.DigestSpec
             * @instance
             */
            DigestSpec.prototype.hash = $util.newBuffer([]);

            /**
             * DigestSpec epochs.
             * @member {number} epochs
             * @memberof collegium.v1.DigestSpec
             * @instance
             */
            DigestSpec.prototype.epochs = 0;

            /**
             * Creates a new DigestSpec instance using the specified properties.
             * @function create
             * @memberof collegium.v1.DigestSpec
             * @static
             * @param {collegium.v1.DigestSpec.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.DigestSpec} DigestSpec instance
             * @type {{
             *   (properties: collegium.v1.DigestSpec.$Shape): collegium.v1.DigestSpec & collegium.v1.DigestSpec.$Shape;
             *   (properties?: collegium.v1.DigestSpec.$Properties): collegium.v1.DigestSpec;
             * }}
             */
            DigestSpec.create = function(properties) {
                return new DigestSpec(properties);
            };

            /**
             * Encodes the specified DigestSpec message. Does not implicitly {@link collegium.v1.DigestSpec.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.DigestSpec
             * @static
             * @param {collegium.v1.DigestSpec.$Properties} message DigestSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DigestSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.hash);
                if (message.epochs != null && $Object.hasOwnProperty.call(message, "epochs") && message.epochs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epochs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DigestSpec message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.DigestSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.DigestSpec & collegium.v1.DigestSpec.$Shape} DigestSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DigestSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.DigestSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epochs = value;
                            else
                                delete message.epochs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a DigestSpec message.
             * @function verify
             * @memberof collegium.v1.DigestSpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            DigestSpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                    if (!(message.hash && typeof message.hash.length === "number" || $util.isString(message.hash)))
                        return "hash: buffer expected";
                if (message.epochs != null && $Object.hasOwnProperty.call(message, "epochs"))
                    if (!$util.isInteger(message.epochs))
                        return "epochs: integer expected";
                return null;
            };

            /**
             * Gets the type url for DigestSpec
             * @function getTypeUrl
             * @memberof collegium.v1.DigestSpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DigestSpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.DigestSpec";
            };

            return DigestSpec;
        })();

        v1.GroupSpec = (function() {

            /**
             * Properties of a GroupSpec.
             * @typedef {Object} collegium.v1.GroupSpec.$Properties
             * @property {number|null} [smallest] GroupSpec smallest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GroupSpec.
             * @memberof collegium.v1
             * @interface IGroupSpec
             * @augments collegium.v1.GroupSpec.$Properties
             * @deprecated Use collegium.v1.GroupSpec.$Properties instead.
             */

            /**
             * Shape of a GroupSpec.
             * @typedef {collegium.v1.GroupSpec.$Properties} collegium.v1.GroupSpec.$Shape
             */

            /**
             * Constructs a new GroupSpec.
             * @memberof collegium.v1
             * @classdesc Represents a GroupSpec.
             * @constructor
             * @param {collegium.v1.GroupSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GroupSpec = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GroupSpec smallest.
             * @member {number} smallest
             * @memberof collegium.v1.GroupSpec
             * @instance
             */
            GroupSpec.prototype.smallest = 0;

            /**
             * Creates a new GroupSpec instance using the specified properties.
             * @function create
             * @memberof collegium.v1.GroupSpec
             * @static
             * @param {collegium.v1.GroupSpec.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.GroupSpec} GroupSpec instance
             * @type {{
             *   (properties: collegium.v1.GroupSpec.$Shape): collegium.v1.GroupSpec & collegium.v1.GroupSpec.$Shape;
             *   (properties?: collegium.v1.GroupSpec.$Properties): collegium.v1.GroupSpec;
             * }}
             */
            GroupSpec.create = function(properties) {
                return new GroupSpec(properties);
            };

            /**
             * Encodes the specified GroupSpec message. Does not implicitly {@link collegium.v1.GroupSpec.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.GroupSpec
             * @static
             * @param {collegium.v1.GroupSpec.$Properties} message GroupSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GroupSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.smallest != null && $Object.hasOwnProperty.call(message, "smallest") && message.smallest !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.smallest);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GroupSpec message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.GroupSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.GroupSpec & collegium.v1.GroupSpec.$Shape} GroupSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GroupSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.GroupSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.smallest = value;
                            else
                                delete message.smallest;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a GroupSpec message.
             * @function verify
             * @memberof collegium.v1.GroupSpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            GroupSpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.smallest != null && $Object.hasOwnProperty.call(message, "smallest"))
                    if (!$util.isInteger(message.smallest))
                        return "smallest: integer expected";
                return null;
            };

            /**
             * Gets the type url for GroupSpec
             * @function getTypeUrl
             * @memberof collegium.v1.GroupSpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GroupSpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.GroupSpec";
            };

            return GroupSpec;
        })();

        v1.RosterEntry = (function() {

            /**
             * Properties of a RosterEntry.
             * @typedef {Object} collegium.v1.RosterEntry.$Properties
             * @property {string|null} [site] RosterEntry site
             * @property {Uint8Array|null} [public_key] RosterEntry public_key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RosterEntry.
             * @memberof collegium.v1
             * @interface IRosterEntry
             * @augments collegium.v1.RosterEntry.$Properties
             * @deprecated Use collegium.v1.RosterEntry.$Properties instead.
             */

            /**
             * Shape of a RosterEntry.
             * @typedef {collegium.v1.RosterEntry.$Properties} collegium.v1.RosterEntry.$Shape
             */

            /**
             * Constructs a new RosterEntry.
             * @memberof collegium.v1
             * @classdesc Represents a RosterEntry.
             * @constructor
             * @param {collegium.v1.RosterEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RosterEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RosterEntry site.
             * @member {string} site
             * @memberof collegium.v1.RosterEntry
             * @instance
             */
            RosterEntry.prototype.site = "";

            /**
             * RosterEntry public_key.
             * @member {Uint8Array} public_key
             * @memberof collegium.v1.RosterEntry
             * @instance
             */
            RosterEntry.prototype.public_key = $util.newBuffer([]);

            /**
             * Creates a new RosterEntry instance using the specified properties.
             * @function create
             * @memberof collegium.v1.RosterEntry
             * @static
             * @param {collegium.v1.RosterEntry.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.RosterEntry} RosterEntry instance
             * @type {{
             *   (properties: collegium.v1.RosterEntry.$Shape): collegium.v1.RosterEntry & collegium.v1.RosterEntry.$Shape;
             *   (properties?: collegium.v1.RosterEntry.$Properties): collegium.v1.RosterEntry;
             * }}
             */
            RosterEntry.create = function(properties) {
                return new RosterEntry(properties);
            };

            /**
             * Encodes the specified RosterEntry message. Does not implicitly {@link collegium.v1.RosterEntry.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.RosterEntry
             * @static
             * @param {collegium.v1.RosterEntry.$Properties} message RosterEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RosterEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key") && message.public_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.public_key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RosterEntry message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.RosterEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.RosterEntry & collegium.v1.RosterEntry.$Shape} RosterEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RosterEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.RosterEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.public_key = value;
                            else
                                delete message.public_key;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a RosterEntry message.
             * @function verify
             * @memberof collegium.v1.RosterEntry
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            RosterEntry.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.public_key != null && $Object.hasOwnProperty.call(message, "public_key"))
                    if (!(message.public_key && typeof message.public_key.length === "number" || $util.isString(message.public_key)))
                        return "public_key: buffer expected";
                return null;
            };

            /**
             * Gets the type url for RosterEntry
             * @function getTypeUrl
             * @memberof collegium.v1.RosterEntry
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RosterEntry.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.RosterEntry";
            };

            return RosterEntry;
        })();

        v1.ShareSpec = (function() {

            /**
             * Properties of a ShareSpec.
             * @typedef {Object} collegium.v1.ShareSpec.$Properties
             * @property {string|null} [kind] ShareSpec kind
             * @property {number|null} [rows] ShareSpec rows
             * @property {number|null} [outputs] ShareSpec outputs
             * @property {number|null} [length] ShareSpec length
             * @property {number|null} [scale] ShareSpec scale
             * @property {number|null} [clip] ShareSpec clip
             * @property {number|null} [temperature] ShareSpec temperature
             * @property {number|null} [word_bits] ShareSpec word_bits
             * @property {number|null} [top] ShareSpec top
             * @property {Array.<number>|null} [heads] ShareSpec heads
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShareSpec.
             * @memberof collegium.v1
             * @interface IShareSpec
             * @augments collegium.v1.ShareSpec.$Properties
             * @deprecated Use collegium.v1.ShareSpec.$Properties instead.
             */

            /**
             * Shape of a ShareSpec.
             * @typedef {collegium.v1.ShareSpec.$Properties} collegium.v1.ShareSpec.$Shape
             */

            /**
             * Constructs a new ShareSpec.
             * @memberof collegium.v1
             * @classdesc Represents a ShareSpec.
             * @constructor
             * @param {collegium.v1.ShareSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShareSpec = function (properties) {
                this.heads = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShareSpec kind.
             * @member {string} kind
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.kind = "";

            /**
             * ShareSpec rows.
             * @member {number} rows
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ShareSpec outputs.
             * @member {number} outputs
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.outputs = 0;

            /**
             * ShareSpec length.
             * @member {number} length
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.length = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ShareSpec scale.
             * @member {number} scale
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.scale = 0;

            /**
             * ShareSpec clip.
             * @member {number} clip
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.clip = 0;

            /**
             * ShareSpec temperature.
             * @member {number} temperature
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.temperature = 0;

            /**
             * ShareSpec word_bits.
             * @member {number} word_bits
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.word_bits = 0;

            /**
             * ShareSpec top.
             * @member {number} top
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.top = 0;

            /**
             * ShareSpec heads.
             * @member {Array.<number>} heads
             * @memberof collegium.v1.ShareSpec
             * @instance
             */
            ShareSpec.prototype.heads = $util.emptyArray;

            /**
             * Creates a new ShareSpec instance using the specified properties.
             * @function create
             * @memberof collegium.v1.ShareSpec
             * @static
             * @param {collegium.v1.ShareSpec.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.ShareSpec} ShareSpec instance
             * @type {{
             *   (properties: collegium.v1.ShareSpec.$Shape): collegium.v1.ShareSpec & collegium.v1.ShareSpec.$Shape;
             *   (properties?: collegium.v1.ShareSpec.$Properties): collegium.v1.ShareSpec;
             * }}
             */
            ShareSpec.create = function(properties) {
                return new ShareSpec(properties);
            };

            /**
             * Encodes the specified ShareSpec message. Does not implicitly {@link collegium.v1.ShareSpec.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.ShareSpec
             * @static
             * @param {collegium.v1.ShareSpec.$Properties} message ShareSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShareSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && (typeof message.rows === "object" ? message.rows.low || message.rows.high : message.rows !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.rows);
                if (message.outputs != null && $Object.hasOwnProperty.call(message, "outputs") && message.outputs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.outputs);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && (typeof message.length === "object" ? message.length.low || message.length.high : message.length !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.length);
                if (message.scale != null && $Object.hasOwnProperty.call(message, "scale") && message.scale !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.scale);
                if (message.clip != null && $Object.hasOwnProperty.call(message, "clip") && !$Object.is(message.clip, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.clip);
                if (message.temperature != null && $Object.hasOwnProperty.call(message, "temperature") && !$Object.is(message.temperature, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.temperature);
                if (message.word_bits != null && $Object.hasOwnProperty.call(message, "word_bits") && message.word_bits !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.word_bits);
                if (message.top != null && $Object.hasOwnProperty.call(message, "top") && message.top !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.top);
                if (message.heads != null && message.heads.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).uint32s(message.heads);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShareSpec message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.ShareSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.ShareSpec & collegium.v1.ShareSpec.$Shape} ShareSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShareSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.ShareSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.rows = value;
                            else
                                delete message.rows;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.outputs = value;
                            else
                                delete message.outputs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.scale = value;
                            else
                                delete message.scale;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.clip = value;
                            else
                                delete message.clip;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.temperature = value;
                            else
                                delete message.temperature;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.word_bits = value;
                            else
                                delete message.word_bits;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.top = value;
                            else
                                delete message.top;
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.heads && message.heads.length))
                                    message.heads = [];
                                reader.uint32s(message.heads);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.heads && message.heads.length))
                                message.heads = [];
                            message.heads.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a ShareSpec message.
             * @function verify
             * @memberof collegium.v1.ShareSpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ShareSpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    if (!$util.isString(message.kind))
                        return "kind: string expected";
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                    if (!$util.isInteger(message.rows) && !(message.rows && $util.isInteger(message.rows.low) && $util.isInteger(message.rows.high)))
                        return "rows: integer|Long expected";
                if (message.outputs != null && $Object.hasOwnProperty.call(message, "outputs"))
                    if (!$util.isInteger(message.outputs))
                        return "outputs: integer expected";
                if (message.length != null && $Object.hasOwnProperty.call(message, "length"))
                    if (!$util.isInteger(message.length) && !(message.length && $util.isInteger(message.length.low) && $util.isInteger(message.length.high)))
                        return "length: integer|Long expected";
                if (message.scale != null && $Object.hasOwnProperty.call(message, "scale"))
                    if (!$util.isInteger(message.scale))
                        return "scale: integer expected";
                if (message.clip != null && $Object.hasOwnProperty.call(message, "clip"))
                    if (typeof message.clip !== "number")
                        return "clip: number expected";
                if (message.temperature != null && $Object.hasOwnProperty.call(message, "temperature"))
                    if (typeof message.temperature !== "number")
                        return "temperature: number expected";
                if (message.word_bits != null && $Object.hasOwnProperty.call(message, "word_bits"))
                    if (!$util.isInteger(message.word_bits))
                        return "word_bits: integer expected";
                if (message.top != null && $Object.hasOwnProperty.call(message, "top"))
                    if (!$util.isInteger(message.top))
                        return "top: integer expected";
                if (message.heads != null && $Object.hasOwnProperty.call(message, "heads")) {
                    if (!$Array.isArray(message.heads))
                        return "heads: array expected";
                    for (let i = 0; i < message.heads.length; ++i)
                        if (!$util.isInteger(message.heads[i]))
                            return "heads: integer[] expected";
                }
                return null;
            };

            /**
             * Gets the type url for ShareSpec
             * @function getTypeUrl
             * @memberof collegium.v1.ShareSpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ShareSpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.ShareSpec";
            };

            return ShareSpec;
        })();

        v1.TransferSlice = (function() {

            /**
             * Properties of a TransferSlice.
             * @typedef {Object} collegium.v1.TransferSlice.$Properties
             * @property {Uint8Array|null} [hash] TransferSlice hash
             * @property {string|null} [format] TransferSlice format
             * @property {number|null} [rows] TransferSlice rows
             * @property {number|null} [first_row] TransferSlice first_row
             * @property {number|null} [row_count] TransferSlice row_count
             * @property {Uint8Array|null} [labels_hash] TransferSlice labels_hash
             * @property {Uint8Array|null} [bitmap] TransferSlice bitmap
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TransferSlice.
             * @memberof collegium.v1
             * @interface ITransferSlice
             * @augments collegium.v1.TransferSlice.$Properties
             * @deprecated Use collegium.v1.TransferSlice.$Properties instead.
             */

            /**
             * Shape of a TransferSlice.
             * @typedef {collegium.v1.TransferSlice.$Properties} collegium.v1.TransferSlice.$Shape
             */

            /**
             * Constructs a new TransferSlice.
             * @memberof collegium.v1
             * @classdesc Represents a TransferSlice.
             * @constructor
             * @param {collegium.v1.TransferSlice.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TransferSlice = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TransferSlice hash.
             * @member {Uint8Array} hash
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.hash = $util.newBuffer([]);

            /**
             * TransferSlice format.
             * @member {string} format
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.format = "";

            /**
             * TransferSlice rows.
             * @member {number} rows
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TransferSlice first_row.
             * @member {number} first_row
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.first_row = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TransferSlice row_count.
             * @member {number} row_count
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.row_count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TransferSlice labels_hash.
             * @member {Uint8Array} labels_hash
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.labels_hash = $util.newBuffer([]);

            /**
             * TransferSlice bitmap.
             * @member {Uint8Array} bitmap
             * @memberof collegium.v1.TransferSlice
             * @instance
             */
            TransferSlice.prototype.bitmap = $util.newBuffer([]);

            /**
             * Creates a new TransferSlice instance using the specified properties.
             * @function create
             * @memberof collegium.v1.TransferSlice
             * @static
             * @param {collegium.v1.TransferSlice.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.TransferSlice} TransferSlice instance
             * @type {{
             *   (properties: collegium.v1.TransferSlice.$Shape): collegium.v1.TransferSlice & collegium.v1.TransferSlice.$Shape;
             *   (properties?: collegium.v1.TransferSlice.$Properties): collegium.v1.TransferSlice;
             * }}
             */
            TransferSlice.create = function(properties) {
                return new TransferSlice(properties);
            };

            /**
             * Encodes the specified TransferSlice message. Does not implicitly {@link collegium.v1.TransferSlice.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.TransferSlice
             * @static
             * @param {collegium.v1.TransferSlice.$Properties} message TransferSlice message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TransferSlice.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.hash);
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.format);
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && (typeof message.rows === "object" ? message.rows.low || message.rows.high : message.rows !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.rows);
                if (message.first_row != null && $Object.hasOwnProperty.call(message, "first_row") && (typeof message.first_row === "object" ? message.first_row.low || message.first_row.high : message.first_row !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.first_row);
                if (message.row_count != null && $Object.hasOwnProperty.call(message, "row_count") && (typeof message.row_count === "object" ? message.row_count.low || message.row_count.high : message.row_count !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.row_count);
                if (message.labels_hash != null && $Object.hasOwnProperty.call(message, "labels_hash") && message.labels_hash.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.labels_hash);
                if (message.bitmap != null && $Object.hasOwnProperty.call(message, "bitmap") && message.bitmap.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.bitmap);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TransferSlice message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.TransferSlice
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.TransferSlice & collegium.v1.TransferSlice.$Shape} TransferSlice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TransferSlice.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.TransferSlice();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.rows = value;
                            else
                                delete message.rows;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.first_row = value;
                            else
                                delete message.first_row;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.row_count = value;
                            else
                                delete message.row_count;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.labels_hash = value;
                            else
                                delete message.labels_hash;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bitmap = value;
                            else
                                delete message.bitmap;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a TransferSlice message.
             * @function verify
             * @memberof collegium.v1.TransferSlice
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            TransferSlice.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                    if (!(message.hash && typeof message.hash.length === "number" || $util.isString(message.hash)))
                        return "hash: buffer expected";
                if (message.format != null && $Object.hasOwnProperty.call(message, "format"))
                    if (!$util.isString(message.format))
                        return "format: string expected";
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                    if (!$util.isInteger(message.rows) && !(message.rows && $util.isInteger(message.rows.low) && $util.isInteger(message.rows.high)))
                        return "rows: integer|Long expected";
                if (message.first_row != null && $Object.hasOwnProperty.call(message, "first_row"))
                    if (!$util.isInteger(message.first_row) && !(message.first_row && $util.isInteger(message.first_row.low) && $util.isInteger(message.first_row.high)))
                        return "first_row: integer|Long expected";
                if (message.row_count != null && $Object.hasOwnProperty.call(message, "row_count"))
                    if (!$util.isInteger(message.row_count) && !(message.row_count && $util.isInteger(message.row_count.low) && $util.isInteger(message.row_count.high)))
                        return "row_count: integer|Long expected";
                if (message.labels_hash != null && $Object.hasOwnProperty.call(message, "labels_hash"))
                    if (!(message.labels_hash && typeof message.labels_hash.length === "number" || $util.isString(message.labels_hash)))
                        return "labels_hash: buffer expected";
                if (message.bitmap != null && $Object.hasOwnProperty.call(message, "bitmap"))
                    if (!(message.bitmap && typeof message.bitmap.length === "number" || $util.isString(message.bitmap)))
                        return "bitmap: buffer expected";
                return null;
            };

            /**
             * Gets the type url for TransferSlice
             * @function getTypeUrl
             * @memberof collegium.v1.TransferSlice
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TransferSlice.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.TransferSlice";
            };

            return TransferSlice;
        })();

        v1.PrivacySpec = (function() {

            /**
             * Properties of a PrivacySpec.
             * @typedef {Object} collegium.v1.PrivacySpec.$Properties
             * @property {string|null} [mode] PrivacySpec mode
             * @property {number|null} [campaign] PrivacySpec campaign
             * @property {collegium.v1.PrivacyPromise.$Properties|null} [promise] PrivacySpec promise
             * @property {collegium.v1.NoiseSpec.$Properties|null} [noise] PrivacySpec noise
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PrivacySpec.
             * @memberof collegium.v1
             * @interface IPrivacySpec
             * @augments collegium.v1.PrivacySpec.$Properties
             * @deprecated Use collegium.v1.PrivacySpec.$Properties instead.
             */

            /**
             * Shape of a PrivacySpec.
             * @typedef {collegium.v1.PrivacySpec.$Properties} collegium.v1.PrivacySpec.$Shape
             */

            /**
             * Constructs a new PrivacySpec.
             * @memberof collegium.v1
             * @classdesc Represents a PrivacySpec.
             * @constructor
             * @param {collegium.v1.PrivacySpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PrivacySpec = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PrivacySpec mode.
             * @member {string} mode
             * @memberof collegium.v1.PrivacySpec
             * @instance
             */
            PrivacySpec.prototype.mode = "";

            /**
             * PrivacySpec campaign.
             * @member {number} campaign
             * @memberof collegium.v1.PrivacySpec
             * @instance
             */
            PrivacySpec.prototype.campaign = 0;

            /**
             * PrivacySpec promise.
             * @member {collegium.v1.PrivacyPromise.$Properties|null|undefined} promise
             * @memberof collegium.v1.PrivacySpec
             * @instance
             */
            PrivacySpec.prototype.promise = null;

            /**
             * PrivacySpec noise.
             * @member {collegium.v1.NoiseSpec.$Properties|null|undefined} noise
             * @memberof collegium.v1.PrivacySpec
             * @instance
             */
            PrivacySpec.prototype.noise = null;

            /**
             * Creates a new PrivacySpec instance using the specified properties.
             * @function create
             * @memberof collegium.v1.PrivacySpec
             * @static
             * @param {collegium.v1.PrivacySpec.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.PrivacySpec} PrivacySpec instance
             * @type {{
             *   (properties: collegium.v1.PrivacySpec.$Shape): collegium.v1.PrivacySpec & collegium.v1.PrivacySpec.$Shape;
             *   (properties?: collegium.v1.PrivacySpec.$Properties): collegium.v1.PrivacySpec;
             * }}
             */
            PrivacySpec.create = function(properties) {
                return new PrivacySpec(properties);
            };

            /**
             * Encodes the specified PrivacySpec message. Does not implicitly {@link collegium.v1.PrivacySpec.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.PrivacySpec
             * @static
             * @param {collegium.v1.PrivacySpec.$Properties} message PrivacySpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PrivacySpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.mode);
                if (message.campaign != null && $Object.hasOwnProperty.call(message, "campaign") && message.campaign !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.campaign);
                if (message.promise != null && $Object.hasOwnProperty.call(message, "promise"))
                    $root.collegium.v1.PrivacyPromise.encode(message.promise, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.noise != null && $Object.hasOwnProperty.call(message, "noise"))
                    $root.collegium.v1.NoiseSpec.encode(message.noise, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PrivacySpec message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.PrivacySpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.PrivacySpec & collegium.v1.PrivacySpec.$Shape} PrivacySpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PrivacySpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.PrivacySpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.campaign = value;
                            else
                                delete message.campaign;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.promise = $root.collegium.v1.PrivacyPromise.decode(reader, reader.size(), $undefined, _depth + 1, message.promise);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.noise = $root.collegium.v1.NoiseSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.noise);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a PrivacySpec message.
             * @function verify
             * @memberof collegium.v1.PrivacySpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            PrivacySpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    if (!$util.isString(message.mode))
                        return "mode: string expected";
                if (message.campaign != null && $Object.hasOwnProperty.call(message, "campaign"))
                    if (!$util.isInteger(message.campaign))
                        return "campaign: integer expected";
                if (message.promise != null && $Object.hasOwnProperty.call(message, "promise")) {
                    let error = $root.collegium.v1.PrivacyPromise.verify(message.promise, _depth + 1);
                    if (error)
                        return "promise." + error;
                }
                if (message.noise != null && $Object.hasOwnProperty.call(message, "noise")) {
                    let error = $root.collegium.v1.NoiseSpec.verify(message.noise, _depth + 1);
                    if (error)
                        return "noise." + error;
                }
                return null;
            };

            /**
             * Gets the type url for PrivacySpec
             * @function getTypeUrl
             * @memberof collegium.v1.PrivacySpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PrivacySpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.PrivacySpec";
            };

            return PrivacySpec;
        })();

        v1.PrivacyPromise = (function() {

            /**
             * Properties of a PrivacyPromise.
             * @typedef {Object} collegium.v1.PrivacyPromise.$Properties
             * @property {number|null} [epsilon] PrivacyPromise epsilon
             * @property {number|null} [delta] PrivacyPromise delta
             * @property {string|null} [unit] PrivacyPromise unit
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PrivacyPromise.
             * @memberof collegium.v1
             * @interface IPrivacyPromise
             * @augments collegium.v1.PrivacyPromise.$Properties
             * @deprecated Use collegium.v1.PrivacyPromise.$Properties instead.
             */

            /**
             * Shape of a PrivacyPromise.
             * @typedef {collegium.v1.PrivacyPromise.$Properties} collegium.v1.PrivacyPromise.$Shape
             */

            /**
             * Constructs a new PrivacyPromise.
             * @memberof collegium.v1
             * @classdesc Represents a PrivacyPromise.
             * @constructor
             * @param {collegium.v1.PrivacyPromise.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PrivacyPromise = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PrivacyPromise epsilon.
             * @member {number} epsilon
             * @memberof collegium.v1.PrivacyPromise
             * @instance
             */
            PrivacyPromise.prototype.epsilon = 0;

            /**
             * PrivacyPromise delta.
             * @member {number} delta
             * @memberof collegium.v1.PrivacyPromise
             * @instance
             */
            PrivacyPromise.prototype.delta = 0;

            /**
             * PrivacyPromise unit.
             * @member {string} unit
             * @memberof collegium.v1.PrivacyPromise
             * @instance
             */
            PrivacyPromise.prototype.unit = "";

            /**
             * Creates a new PrivacyPromise instance using the specified properties.
             * @function create
             * @memberof collegium.v1.PrivacyPromise
             * @static
             * @param {collegium.v1.PrivacyPromise.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.PrivacyPromise} PrivacyPromise instance
             * @type {{
             *   (properties: collegium.v1.PrivacyPromise.$Shape): collegium.v1.PrivacyPromise & collegium.v1.PrivacyPromise.$Shape;
             *   (properties?: collegium.v1.PrivacyPromise.$Properties): collegium.v1.PrivacyPromise;
             * }}
             */
            PrivacyPromise.create = function(properties) {
                return new PrivacyPromise(properties);
            };

            /**
             * Encodes the specified PrivacyPromise message. Does not implicitly {@link collegium.v1.PrivacyPromise.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.PrivacyPromise
             * @static
             * @param {collegium.v1.PrivacyPromise.$Properties} message PrivacyPromise message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PrivacyPromise.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.epsilon != null && $Object.hasOwnProperty.call(message, "epsilon") && !$Object.is(message.epsilon, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.epsilon);
                if (message.delta != null && $Object.hasOwnProperty.call(message, "delta") && !$Object.is(message.delta, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.delta);
                if (message.unit != null && $Object.hasOwnProperty.call(message, "unit") && message.unit !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.unit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PrivacyPromise message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.PrivacyPromise
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.PrivacyPromise & collegium.v1.PrivacyPromise.$Shape} PrivacyPromise
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PrivacyPromise.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.PrivacyPromise();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.epsilon = value;
                            else
                                delete message.epsilon;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.delta = value;
                            else
                                delete message.delta;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unit = value;
                            else
                                delete message.unit;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a PrivacyPromise message.
             * @function verify
             * @memberof collegium.v1.PrivacyPromise
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            PrivacyPromise.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.epsilon != null && $Object.hasOwnProperty.call(message, "epsilon"))
                    if (typeof message.epsilon !== "number")
                        return "epsilon: number expected";
                if (message.delta != null && $Object.hasOwnProperty.call(message, "delta"))
                    if (typeof message.delta !== "number")
                        return "delta: number expected";
                if (message.unit != null && $Object.hasOwnProperty.call(message, "unit"))
                    if (!$util.isString(message.unit))
                        return "unit: string expected";
                return null;
            };

            /**
             * Gets the type url for PrivacyPromise
             * @function getTypeUrl
             * @memberof collegium.v1.PrivacyPromise
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PrivacyPromise.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.PrivacyPromise";
            };

            return PrivacyPromise;
        })();

        v1.NoiseSpec = (function() {

            /**
             * Properties of a NoiseSpec.
             * @typedef {Object} collegium.v1.NoiseSpec.$Properties
             * @property {number|null} [std_dev] NoiseSpec std_dev
             * @property {number|null} [members] NoiseSpec members
             * @property {number|null} [colluders] NoiseSpec colluders
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NoiseSpec.
             * @memberof collegium.v1
             * @interface INoiseSpec
             * @augments collegium.v1.NoiseSpec.$Properties
             * @deprecated Use collegium.v1.NoiseSpec.$Properties instead.
             */

            /**
             * Shape of a NoiseSpec.
             * @typedef {collegium.v1.NoiseSpec.$Properties} collegium.v1.NoiseSpec.$Shape
             */

            /**
             * Constructs a new NoiseSpec.
             * @memberof collegium.v1
             * @classdesc Represents a NoiseSpec.
             * @constructor
             * @param {collegium.v1.NoiseSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NoiseSpec = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NoiseSpec std_dev.
             * @member {number} std_dev
             * @memberof collegium.v1.NoiseSpec
             * @instance
             */
            NoiseSpec.prototype.std_dev = 0;

            /**
             * NoiseSpec members.
             * @member {number} members
             * @memberof collegium.v1.NoiseSpec
             * @instance
             */
            NoiseSpec.prototype.members = 0;

            /**
             * NoiseSpec colluders.
             * @member {number} colluders
             * @memberof collegium.v1.NoiseSpec
             * @instance
             */
            NoiseSpec.prototype.colluders = 0;

            /**
             * Creates a new NoiseSpec instance using the specified properties.
             * @function create
             * @memberof collegium.v1.NoiseSpec
             * @static
             * @param {collegium.v1.NoiseSpec.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.NoiseSpec} NoiseSpec instance
             * @type {{
             *   (properties: collegium.v1.NoiseSpec.$Shape): collegium.v1.NoiseSpec & collegium.v1.NoiseSpec.$Shape;
             *   (properties?: collegium.v1.NoiseSpec.$Properties): collegium.v1.NoiseSpec;
             * }}
             */
            NoiseSpec.create = function(properties) {
                return new NoiseSpec(properties);
            };

            /**
             * Encodes the specified NoiseSpec message. Does not implicitly {@link collegium.v1.NoiseSpec.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.NoiseSpec
             * @static
             * @param {collegium.v1.NoiseSpec.$Properties} message NoiseSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NoiseSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.std_dev != null && $Object.hasOwnProperty.call(message, "std_dev") && !$Object.is(message.std_dev, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.std_dev);
                if (message.members != null && $Object.hasOwnProperty.call(message, "members") && message.members !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.members);
                if (message.colluders != null && $Object.hasOwnProperty.call(message, "colluders") && message.colluders !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.colluders);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NoiseSpec message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.NoiseSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.NoiseSpec & collegium.v1.NoiseSpec.$Shape} NoiseSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NoiseSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.NoiseSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.std_dev = value;
                            else
                                delete message.std_dev;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.members = value;
                            else
                                delete message.members;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.colluders = value;
                            else
                                delete message.colluders;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a NoiseSpec message.
             * @function verify
             * @memberof collegium.v1.NoiseSpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            NoiseSpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.std_dev != null && $Object.hasOwnProperty.call(message, "std_dev"))
                    if (typeof message.std_dev !== "number")
                        return "std_dev: number expected";
                if (message.members != null && $Object.hasOwnProperty.call(message, "members"))
                    if (!$util.isInteger(message.members))
                        return "members: integer expected";
                if (message.colluders != null && $Object.hasOwnProperty.call(message, "colluders"))
                    if (!$util.isInteger(message.colluders))
                        return "colluders: integer expected";
                return null;
            };

            /**
             * Gets the type url for NoiseSpec
             * @function getTypeUrl
             * @memberof collegium.v1.NoiseSpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NoiseSpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.NoiseSpec";
            };

            return NoiseSpec;
        })();

        v1.Answer = (function() {

            /**
             * Properties of an Answer.
             * @typedef {Object} collegium.v1.Answer.$Properties
             * @property {Uint8Array|null} [question] Answer question
             * @property {Uint8Array|null} [share] Answer share
             * @property {collegium.v1.JournalHead.$Properties|null} [journal] Answer journal
             * @property {Uint8Array|null} [commitment] Answer commitment
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Answer.
             * @memberof collegium.v1
             * @interface IAnswer
             * @augments collegium.v1.Answer.$Properties
             * @deprecated Use collegium.v1.Answer.$Properties instead.
             */

            /**
             * Shape of an Answer.
             * @typedef {collegium.v1.Answer.$Properties} collegium.v1.Answer.$Shape
             */

            /**
             * Constructs a new Answer.
             * @memberof collegium.v1
             * @classdesc Represents an Answer.
             * @constructor
             * @param {collegium.v1.Answer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Answer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Answer question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.Answer
             * @instance
             */
            Answer.prototype.question = $util.newBuffer([]);

            /**
             * Answer share.
             * @member {Uint8Array} share
             * @memberof collegium.v1.Answer
             * @instance
             */
            Answer.prototype.share = $util.newBuffer([]);

            /**
             * Answer journal.
             * @member {collegium.v1.JournalHead.$Properties|null|undefined} journal
             * @memberof collegium.v1.Answer
             * @instance
             */
            Answer.prototype.journal = null;

            /**
             * Answer commitment.
             * @member {Uint8Array} commitment
             * @memberof collegium.v1.Answer
             * @instance
             */
            Answer.prototype.commitment = $util.newBuffer([]);

            /**
             * Creates a new Answer instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Answer
             * @static
             * @param {collegium.v1.Answer.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Answer} Answer instance
             * @type {{
             *   (properties: collegium.v1.Answer.$Shape): collegium.v1.Answer & collegium.v1.Answer.$Shape;
             *   (properties?: collegium.v1.Answer.$Properties): collegium.v1.Answer;
             * }}
             */
            Answer.create = function(properties) {
                return new Answer(properties);
            };

            /**
             * Encodes the specified Answer message. Does not implicitly {@link collegium.v1.Answer.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Answer
             * @static
             * @param {collegium.v1.Answer.$Properties} message Answer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Answer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.share != null && $Object.hasOwnProperty.call(message, "share") && message.share.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.share);
                if (message.journal != null && $Object.hasOwnProperty.call(message, "journal"))
                    $root.collegium.v1.JournalHead.encode(message.journal, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.commitment != null && $Object.hasOwnProperty.call(message, "commitment") && message.commitment.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.commitment);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Answer message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Answer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Answer & collegium.v1.Answer.$Shape} Answer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Answer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Answer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.share = value;
                            else
                                delete message.share;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.journal = $root.collegium.v1.JournalHead.decode(reader, reader.size(), $undefined, _depth + 1, message.journal);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commitment = value;
                            else
                                delete message.commitment;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Answer message.
             * @function verify
             * @memberof collegium.v1.Answer
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Answer.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    if (!(message.share && typeof message.share.length === "number" || $util.isString(message.share)))
                        return "share: buffer expected";
                if (message.journal != null && $Object.hasOwnProperty.call(message, "journal")) {
                    let error = $root.collegium.v1.JournalHead.verify(message.journal, _depth + 1);
                    if (error)
                        return "journal." + error;
                }
                if (message.commitment != null && $Object.hasOwnProperty.call(message, "commitment"))
                    if (!(message.commitment && typeof message.commitment.length === "number" || $util.isString(message.commitment)))
                        return "commitment: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Answer
             * @function getTypeUrl
             * @memberof collegium.v1.Answer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Answer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Answer";
            };

            return Answer;
        })();

        v1.JournalHead = (function() {

            /**
             * Properties of a JournalHead.
             * @typedef {Object} collegium.v1.JournalHead.$Properties
             * @property {number|null} [sequence] JournalHead sequence
             * @property {Uint8Array|null} [hash] JournalHead hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JournalHead.
             * @memberof collegium.v1
             * @interface IJournalHead
             * @augments collegium.v1.JournalHead.$Properties
             * @deprecated Use collegium.v1.JournalHead.$Properties instead.
             */

            /**
             * Shape of a JournalHead.
             * @typedef {collegium.v1.JournalHead.$Properties} collegium.v1.JournalHead.$Shape
             */

            /**
             * Constructs a new JournalHead.
             * @memberof collegium.v1
             * @classdesc Represents a JournalHead.
             * @constructor
             * @param {collegium.v1.JournalHead.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JournalHead = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JournalHead sequence.
             * @member {number} sequence
             * @memberof collegium.v1.JournalHead
             * @instance
             */
            JournalHead.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * JournalHead hash.
             * @member {Uint8Array} hash
             * @memberof collegium.v1.JournalHead
             * @instance
             */
            JournalHead.prototype.hash = $util.newBuffer([]);

            /**
             * Creates a new JournalHead instance using the specified properties.
             * @function create
             * @memberof collegium.v1.JournalHead
             * @static
             * @param {collegium.v1.JournalHead.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.JournalHead} JournalHead instance
             * @type {{
             *   (properties: collegium.v1.JournalHead.$Shape): collegium.v1.JournalHead & collegium.v1.JournalHead.$Shape;
             *   (properties?: collegium.v1.JournalHead.$Properties): collegium.v1.JournalHead;
             * }}
             */
            JournalHead.create = function(properties) {
                return new JournalHead(properties);
            };

            /**
             * Encodes the specified JournalHead message. Does not implicitly {@link collegium.v1.JournalHead.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.JournalHead
             * @static
             * @param {collegium.v1.JournalHead.$Properties} message JournalHead message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JournalHead.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JournalHead message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.JournalHead
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.JournalHead & collegium.v1.JournalHead.$Shape} JournalHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JournalHead.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.JournalHead();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a JournalHead message.
             * @function verify
             * @memberof collegium.v1.JournalHead
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            JournalHead.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                    if (!$util.isInteger(message.sequence) && !(message.sequence && $util.isInteger(message.sequence.low) && $util.isInteger(message.sequence.high)))
                        return "sequence: integer|Long expected";
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                    if (!(message.hash && typeof message.hash.length === "number" || $util.isString(message.hash)))
                        return "hash: buffer expected";
                return null;
            };

            /**
             * Gets the type url for JournalHead
             * @function getTypeUrl
             * @memberof collegium.v1.JournalHead
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            JournalHead.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.JournalHead";
            };

            return JournalHead;
        })();

        v1.MaskingTask = (function() {

            /**
             * Properties of a MaskingTask.
             * @typedef {Object} collegium.v1.MaskingTask.$Properties
             * @property {Uint8Array|null} [question] MaskingTask question
             * @property {collegium.v1.MaskingStage|null} [stage] MaskingTask stage
             * @property {Array.<collegium.v1.KeyOfSite.$Properties>|null} [keys] MaskingTask keys
             * @property {Array.<collegium.v1.SealedShare.$Properties>|null} [shares] MaskingTask shares
             * @property {Array.<string>|null} [survivors] MaskingTask survivors
             * @property {Array.<collegium.v1.SignatureOfSite.$Properties>|null} [signatures] MaskingTask signatures
             * @property {Uint8Array|null} [view] MaskingTask view
             * @property {Array.<collegium.v1.ContributionOfSite.$Properties>|null} [contributions] MaskingTask contributions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MaskingTask.
             * @memberof collegium.v1
             * @interface IMaskingTask
             * @augments collegium.v1.MaskingTask.$Properties
             * @deprecated Use collegium.v1.MaskingTask.$Properties instead.
             */

            /**
             * Shape of a MaskingTask.
             * @typedef {collegium.v1.MaskingTask.$Properties} collegium.v1.MaskingTask.$Shape
             */

            /**
             * Constructs a new MaskingTask.
             * @memberof collegium.v1
             * @classdesc Represents a MaskingTask.
             * @constructor
             * @param {collegium.v1.MaskingTask.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MaskingTask = function (properties) {
                this.keys = [];
                this.shares = [];
                this.survivors = [];
                this.signatures = [];
                this.contributions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MaskingTask question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.question = $util.newBuffer([]);

            /**
             * MaskingTask stage.
             * @member {collegium.v1.MaskingStage} stage
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.stage = 0;

            /**
             * MaskingTask keys.
             * @member {Array.<collegium.v1.KeyOfSite.$Properties>} keys
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.keys = $util.emptyArray;

            /**
             * MaskingTask shares.
             * @member {Array.<collegium.v1.SealedShare.$Properties>} shares
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.shares = $util.emptyArray;

            /**
             * MaskingTask survivors.
             * @member {Array.<string>} survivors
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.survivors = $util.emptyArray;

            /**
             * MaskingTask signatures.
             * @member {Array.<collegium.v1.SignatureOfSite.$Properties>} signatures
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.signatures = $util.emptyArray;

            /**
             * MaskingTask view.
             * @member {Uint8Array} view
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.view = $util.newBuffer([]);

            /**
             * MaskingTask contributions.
             * @member {Array.<collegium.v1.ContributionOfSite.$Properties>} contributions
             * @memberof collegium.v1.MaskingTask
             * @instance
             */
            MaskingTask.prototype.contributions = $util.emptyArray;

            /**
             * Creates a new MaskingTask instance using the specified properties.
             * @function create
             * @memberof collegium.v1.MaskingTask
             * @static
             * @param {collegium.v1.MaskingTask.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.MaskingTask} MaskingTask instance
             * @type {{
             *   (properties: collegium.v1.MaskingTask.$Shape): collegium.v1.MaskingTask & collegium.v1.MaskingTask.$Shape;
             *   (properties?: collegium.v1.MaskingTask.$Properties): collegium.v1.MaskingTask;
             * }}
             */
            MaskingTask.create = function(properties) {
                return new MaskingTask(properties);
            };

            /**
             * Encodes the specified MaskingTask message. Does not implicitly {@link collegium.v1.MaskingTask.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.MaskingTask
             * @static
             * @param {collegium.v1.MaskingTask.$Properties} message MaskingTask message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MaskingTask.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.stage);
                if (message.keys != null && message.keys.length)
                    for (let i = 0; i < message.keys.length; ++i)
                        $root.collegium.v1.KeyOfSite.encode(message.keys[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.shares != null && message.shares.length)
                    for (let i = 0; i < message.shares.length; ++i)
                        $root.collegium.v1.SealedShare.encode(message.shares[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.survivors != null && message.survivors.length)
                    for (let i = 0; i < message.survivors.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.survivors[i]);
                if (message.signatures != null && message.signatures.length)
                    for (let i = 0; i < message.signatures.length; ++i)
                        $root.collegium.v1.SignatureOfSite.encode(message.signatures[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.view != null && $Object.hasOwnProperty.call(message, "view") && message.view.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.view);
                if (message.contributions != null && message.contributions.length)
                    for (let i = 0; i < message.contributions.length; ++i)
                        $root.collegium.v1.ContributionOfSite.encode(message.contributions[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MaskingTask message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.MaskingTask
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.MaskingTask & collegium.v1.MaskingTask.$Shape} MaskingTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MaskingTask.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.MaskingTask();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.stage = value;
                            else
                                delete message.stage;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.keys && message.keys.length))
                                message.keys = [];
                            message.keys.push($root.collegium.v1.KeyOfSite.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.shares && message.shares.length))
                                message.shares = [];
                            message.shares.push($root.collegium.v1.SealedShare.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.survivors && message.survivors.length))
                                message.survivors = [];
                            message.survivors.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signatures && message.signatures.length))
                                message.signatures = [];
                            message.signatures.push($root.collegium.v1.SignatureOfSite.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.view = value;
                            else
                                delete message.view;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.contributions && message.contributions.length))
                                message.contributions = [];
                            message.contributions.push($root.collegium.v1.ContributionOfSite.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a MaskingTask message.
             * @function verify
             * @memberof collegium.v1.MaskingTask
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            MaskingTask.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                    if (typeof message.stage !== "number" || (message.stage | 0) !== message.stage)
                        return "stage: enum value expected";
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys")) {
                    if (!$Array.isArray(message.keys))
                        return "keys: array expected";
                    for (let i = 0; i < message.keys.length; ++i) {
                        let error = $root.collegium.v1.KeyOfSite.verify(message.keys[i], _depth + 1);
                        if (error)
                            return "keys." + error;
                    }
                }
                if (message.shares != null && $Object.hasOwnProperty.call(message, "shares")) {
                    if (!$Array.isArray(message.shares))
                        return "shares: array expected";
                    for (let i = 0; i < message.shares.length; ++i) {
                        let error = $root.collegium.v1.SealedShare.verify(message.shares[i], _depth + 1);
                        if (error)
                            return "shares." + error;
                    }
                }
                if (message.survivors != null && $Object.hasOwnProperty.call(message, "survivors")) {
                    if (!$Array.isArray(message.survivors))
                        return "survivors: array expected";
                    for (let i = 0; i < message.survivors.length; ++i)
                        if (!$util.isString(message.survivors[i]))
                            return "survivors: string[] expected";
                }
                if (message.signatures != null && $Object.hasOwnProperty.call(message, "signatures")) {
                    if (!$Array.isArray(message.signatures))
                        return "signatures: array expected";
                    for (let i = 0; i < message.signatures.length; ++i) {
                        let error = $root.collegium.v1.SignatureOfSite.verify(message.signatures[i], _depth + 1);
                        if (error)
                            return "signatures." + error;
                    }
                }
                if (message.view != null && $Object.hasOwnProperty.call(message, "view"))
                    if (!(message.view && typeof message.view.length === "number" || $util.isString(message.view)))
                        return "view: buffer expected";
                if (message.contributions != null && $Object.hasOwnProperty.call(message, "contributions")) {
                    if (!$Array.isArray(message.contributions))
                        return "contributions: array expected";
                    for (let i = 0; i < message.contributions.length; ++i) {
                        let error = $root.collegium.v1.ContributionOfSite.verify(message.contributions[i], _depth + 1);
                        if (error)
                            return "contributions." + error;
                    }
                }
                return null;
            };

            /**
             * Gets the type url for MaskingTask
             * @function getTypeUrl
             * @memberof collegium.v1.MaskingTask
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MaskingTask.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.MaskingTask";
            };

            return MaskingTask;
        })();

        /**
         * MaskingStage enum.
         * @name collegium.v1.MaskingStage
         * @enum {number}
         * @property {number} COMMITS=0 COMMITS value
         * @property {number} REVEALS=1 REVEALS value
         * @property {number} KEYS=2 KEYS value
         * @property {number} SHARES=3 SHARES value
         * @property {number} ANSWERS=4 ANSWERS value
         * @property {number} SIGNATURES=5 SIGNATURES value
         * @property {number} UNMASKING=6 UNMASKING value
         */
        v1.MaskingStage = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "COMMITS"] = 0;
            values[valuesById[1] = "REVEALS"] = 1;
            values[valuesById[2] = "KEYS"] = 2;
            values[valuesById[3] = "SHARES"] = 3;
            values[valuesById[4] = "ANSWERS"] = 4;
            values[valuesById[5] = "SIGNATURES"] = 5;
            values[valuesById[6] = "UNMASKING"] = 6;
            return values;
        })();

        v1.GroupCommitment = (function() {

            /**
             * Properties of a GroupCommitment.
             * @typedef {Object} collegium.v1.GroupCommitment.$Properties
             * @property {Uint8Array|null} [question] GroupCommitment question
             * @property {Uint8Array|null} [commitment] GroupCommitment commitment
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GroupCommitment.
             * @memberof collegium.v1
             * @interface IGroupCommitment
             * @augments collegium.v1.GroupCommitment.$Properties
             * @deprecated Use collegium.v1.GroupCommitment.$Properties instead.
             */

            /**
             * Shape of a GroupCommitment.
             * @typedef {collegium.v1.GroupCommitment.$Properties} collegium.v1.GroupCommitment.$Shape
             */

            /**
             * Constructs a new GroupCommitment.
             * @memberof collegium.v1
             * @classdesc Represents a GroupCommitment.
             * @constructor
             * @param {collegium.v1.GroupCommitment.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GroupCommitment = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GroupCommitment question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.GroupCommitment
             * @instance
             */
            GroupCommitment.prototype.question = $util.newBuffer([]);

            /**
             * GroupCommitment commitment.
             * @member {Uint8Array} commitment
             * @memberof collegium.v1.GroupCommitment
             * @instance
             */
            GroupCommitment.prototype.commitment = $util.newBuffer([]);

            /**
             * Creates a new GroupCommitment instance using the specified properties.
             * @function create
             * @memberof collegium.v1.GroupCommitment
             * @static
             * @param {collegium.v1.GroupCommitment.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.GroupCommitment} GroupCommitment instance
             * @type {{
             *   (properties: collegium.v1.GroupCommitment.$Shape): collegium.v1.GroupCommitment & collegium.v1.GroupCommitment.$Shape;
             *   (properties?: collegium.v1.GroupCommitment.$Properties): collegium.v1.GroupCommitment;
             * }}
             */
            GroupCommitment.create = function(properties) {
                return new GroupCommitment(properties);
            };

            /**
             * Encodes the specified GroupCommitment message. Does not implicitly {@link collegium.v1.GroupCommitment.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.GroupCommitment
             * @static
             * @param {collegium.v1.GroupCommitment.$Properties} message GroupCommitment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GroupCommitment.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.commitment != null && $Object.hasOwnProperty.call(message, "commitment") && message.commitment.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.commitment);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GroupCommitment message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.GroupCommitment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.GroupCommitment & collegium.v1.GroupCommitment.$Shape} GroupCommitment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GroupCommitment.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.GroupCommitment();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commitment = value;
                            else
                                delete message.commitment;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a GroupCommitment message.
             * @function verify
             * @memberof collegium.v1.GroupCommitment
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            GroupCommitment.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.commitment != null && $Object.hasOwnProperty.call(message, "commitment"))
                    if (!(message.commitment && typeof message.commitment.length === "number" || $util.isString(message.commitment)))
                        return "commitment: buffer expected";
                return null;
            };

            /**
             * Gets the type url for GroupCommitment
             * @function getTypeUrl
             * @memberof collegium.v1.GroupCommitment
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GroupCommitment.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.GroupCommitment";
            };

            return GroupCommitment;
        })();

        v1.GroupContribution = (function() {

            /**
             * Properties of a GroupContribution.
             * @typedef {Object} collegium.v1.GroupContribution.$Properties
             * @property {Uint8Array|null} [question] GroupContribution question
             * @property {Uint8Array|null} [contribution] GroupContribution contribution
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GroupContribution.
             * @memberof collegium.v1
             * @interface IGroupContribution
             * @augments collegium.v1.GroupContribution.$Properties
             * @deprecated Use collegium.v1.GroupContribution.$Properties instead.
             */

            /**
             * Shape of a GroupContribution.
             * @typedef {collegium.v1.GroupContribution.$Properties} collegium.v1.GroupContribution.$Shape
             */

            /**
             * Constructs a new GroupContribution.
             * @memberof collegium.v1
             * @classdesc Represents a GroupContribution.
             * @constructor
             * @param {collegium.v1.GroupContribution.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GroupContribution = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GroupContribution question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.GroupContribution
             * @instance
             */
            GroupContribution.prototype.question = $util.newBuffer([]);

            /**
             * GroupContribution contribution.
             * @member {Uint8Array} contribution
             * @memberof collegium.v1.GroupContribution
             * @instance
             */
            GroupContribution.prototype.contribution = $util.newBuffer([]);

            /**
             * Creates a new GroupContribution instance using the specified properties.
             * @function create
             * @memberof collegium.v1.GroupContribution
             * @static
             * @param {collegium.v1.GroupContribution.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.GroupContribution} GroupContribution instance
             * @type {{
             *   (properties: collegium.v1.GroupContribution.$Shape): collegium.v1.GroupContribution & collegium.v1.GroupContribution.$Shape;
             *   (properties?: collegium.v1.GroupContribution.$Properties): collegium.v1.GroupContribution;
             * }}
             */
            GroupContribution.create = function(properties) {
                return new GroupContribution(properties);
            };

            /**
             * Encodes the specified GroupContribution message. Does not implicitly {@link collegium.v1.GroupContribution.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.GroupContribution
             * @static
             * @param {collegium.v1.GroupContribution.$Properties} message GroupContribution message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GroupContribution.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.contribution != null && $Object.hasOwnProperty.call(message, "contribution") && message.contribution.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.contribution);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GroupContribution message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.GroupContribution
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.GroupContribution & collegium.v1.GroupContribution.$Shape} GroupContribution
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GroupContribution.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.GroupContribution();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.contribution = value;
                            else
                                delete message.contribution;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a GroupContribution message.
             * @function verify
             * @memberof collegium.v1.GroupContribution
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            GroupContribution.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.contribution != null && $Object.hasOwnProperty.call(message, "contribution"))
                    if (!(message.contribution && typeof message.contribution.length === "number" || $util.isString(message.contribution)))
                        return "contribution: buffer expected";
                return null;
            };

            /**
             * Gets the type url for GroupContribution
             * @function getTypeUrl
             * @memberof collegium.v1.GroupContribution
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GroupContribution.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.GroupContribution";
            };

            return GroupContribution;
        })();

        v1.ContributionOfSite = (function() {

            /**
             * Properties of a ContributionOfSite.
             * @typedef {Object} collegium.v1.ContributionOfSite.$Properties
             * @property {string|null} [site] ContributionOfSite site
             * @property {Uint8Array|null} [value] ContributionOfSite value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContributionOfSite.
             * @memberof collegium.v1
             * @interface IContributionOfSite
             * @augments collegium.v1.ContributionOfSite.$Properties
             * @deprecated Use collegium.v1.ContributionOfSite.$Properties instead.
             */

            /**
             * Shape of a ContributionOfSite.
             * @typedef {collegium.v1.ContributionOfSite.$Properties} collegium.v1.ContributionOfSite.$Shape
             */

            /**
             * Constructs a new ContributionOfSite.
             * @memberof collegium.v1
             * @classdesc Represents a ContributionOfSite.
             * @constructor
             * @param {collegium.v1.ContributionOfSite.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContributionOfSite = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContributionOfSite site.
             * @member {string} site
             * @memberof collegium.v1.ContributionOfSite
             * @instance
             */
            ContributionOfSite.prototype.site = "";

            /**
             * ContributionOfSite value.
             * @member {Uint8Array} value
             * @memberof collegium.v1.ContributionOfSite
             * @instance
             */
            ContributionOfSite.prototype.value = $util.newBuffer([]);

            /**
             * Creates a new ContributionOfSite instance using the specified properties.
             * @function create
             * @memberof collegium.v1.ContributionOfSite
             * @static
             * @param {collegium.v1.ContributionOfSite.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.ContributionOfSite} ContributionOfSite instance
             * @type {{
             *   (properties: collegium.v1.ContributionOfSite.$Shape): collegium.v1.ContributionOfSite & collegium.v1.ContributionOfSite.$Shape;
             *   (properties?: collegium.v1.ContributionOfSite.$Properties): collegium.v1.ContributionOfSite;
             * }}
             */
            ContributionOfSite.create = function(properties) {
                return new ContributionOfSite(properties);
            };

            /**
             * Encodes the specified ContributionOfSite message. Does not implicitly {@link collegium.v1.ContributionOfSite.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.ContributionOfSite
             * @static
             * @param {collegium.v1.ContributionOfSite.$Properties} message ContributionOfSite message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContributionOfSite.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContributionOfSite message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.ContributionOfSite
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.ContributionOfSite & collegium.v1.ContributionOfSite.$Shape} ContributionOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContributionOfSite.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.ContributionOfSite();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a ContributionOfSite message.
             * @function verify
             * @memberof collegium.v1.ContributionOfSite
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ContributionOfSite.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!(message.value && typeof message.value.length === "number" || $util.isString(message.value)))
                        return "value: buffer expected";
                return null;
            };

            /**
             * Gets the type url for ContributionOfSite
             * @function getTypeUrl
             * @memberof collegium.v1.ContributionOfSite
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ContributionOfSite.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.ContributionOfSite";
            };

            return ContributionOfSite;
        })();

        v1.KeyOffer = (function() {

            /**
             * Properties of a KeyOffer.
             * @typedef {Object} collegium.v1.KeyOffer.$Properties
             * @property {Uint8Array|null} [question] KeyOffer question
             * @property {Uint8Array|null} [mask_key] KeyOffer mask_key
             * @property {Uint8Array|null} [encryption_key] KeyOffer encryption_key
             * @property {Uint8Array|null} [signature] KeyOffer signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeyOffer.
             * @memberof collegium.v1
             * @interface IKeyOffer
             * @augments collegium.v1.KeyOffer.$Properties
             * @deprecated Use collegium.v1.KeyOffer.$Properties instead.
             */

            /**
             * Shape of a KeyOffer.
             * @typedef {collegium.v1.KeyOffer.$Properties} collegium.v1.KeyOffer.$Shape
             */

            /**
             * Constructs a new KeyOffer.
             * @memberof collegium.v1
             * @classdesc Represents a KeyOffer.
             * @constructor
             * @param {collegium.v1.KeyOffer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeyOffer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeyOffer question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.KeyOffer
             * @instance
             */
            KeyOffer.prototype.question = $util.newBuffer([]);

            /**
             * KeyOffer mask_key.
             * @member {Uint8Array} mask_key
             * @memberof collegium.v1.KeyOffer
             * @instance
             */
            KeyOffer.prototype.mask_key = $util.newBuffer([]);

            /**
             * KeyOffer encryption_key.
             * @member {Uint8Array} encryption_key
             * @memberof collegium.v1.KeyOffer
             * @instance
             */
            KeyOffer.prototype.encryption_key = $util.newBuffer([]);

            /**
             * KeyOffer signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.KeyOffer
             * @instance
             */
            KeyOffer.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new KeyOffer instance using the specified properties.
             * @function create
             * @memberof collegium.v1.KeyOffer
             * @static
             * @param {collegium.v1.KeyOffer.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.KeyOffer} KeyOffer instance
             * @type {{
             *   (properties: collegium.v1.KeyOffer.$Shape): collegium.v1.KeyOffer & collegium.v1.KeyOffer.$Shape;
             *   (properties?: collegium.v1.KeyOffer.$Properties): collegium.v1.KeyOffer;
             * }}
             */
            KeyOffer.create = function(properties) {
                return new KeyOffer(properties);
            };

            /**
             * Encodes the specified KeyOffer message. Does not implicitly {@link collegium.v1.KeyOffer.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.KeyOffer
             * @static
             * @param {collegium.v1.KeyOffer.$Properties} message KeyOffer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeyOffer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.mask_key != null && $Object.hasOwnProperty.call(message, "mask_key") && message.mask_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.mask_key);
                if (message.encryption_key != null && $Object.hasOwnProperty.call(message, "encryption_key") && message.encryption_key.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.encryption_key);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeyOffer message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.KeyOffer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.KeyOffer & collegium.v1.KeyOffer.$Shape} KeyOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeyOffer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.KeyOffer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mask_key = value;
                            else
                                delete message.mask_key;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.encryption_key = value;
                            else
                                delete message.encryption_key;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a KeyOffer message.
             * @function verify
             * @memberof collegium.v1.KeyOffer
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            KeyOffer.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.mask_key != null && $Object.hasOwnProperty.call(message, "mask_key"))
                    if (!(message.mask_key && typeof message.mask_key.length === "number" || $util.isString(message.mask_key)))
                        return "mask_key: buffer expected";
                if (message.encryption_key != null && $Object.hasOwnProperty.call(message, "encryption_key"))
                    if (!(message.encryption_key && typeof message.encryption_key.length === "number" || $util.isString(message.encryption_key)))
                        return "encryption_key: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for KeyOffer
             * @function getTypeUrl
             * @memberof collegium.v1.KeyOffer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KeyOffer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.KeyOffer";
            };

            return KeyOffer;
        })();

        v1.KeyOfSite = (function() {

            /**
             * Properties of a KeyOfSite.
             * @typedef {Object} collegium.v1.KeyOfSite.$Properties
             * @property {string|null} [site] KeyOfSite site
             * @property {Uint8Array|null} [mask_key] KeyOfSite mask_key
             * @property {Uint8Array|null} [encryption_key] KeyOfSite encryption_key
             * @property {Uint8Array|null} [signature] KeyOfSite signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeyOfSite.
             * @memberof collegium.v1
             * @interface IKeyOfSite
             * @augments collegium.v1.KeyOfSite.$Properties
             * @deprecated Use collegium.v1.KeyOfSite.$Properties instead.
             */

            /**
             * Shape of a KeyOfSite.
             * @typedef {collegium.v1.KeyOfSite.$Properties} collegium.v1.KeyOfSite.$Shape
             */

            /**
             * Constructs a new KeyOfSite.
             * @memberof collegium.v1
             * @classdesc Represents a KeyOfSite.
             * @constructor
             * @param {collegium.v1.KeyOfSite.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeyOfSite = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeyOfSite site.
             * @member {string} site
             * @memberof collegium.v1.KeyOfSite
             * @instance
             */
            KeyOfSite.prototype.site = "";

            /**
             * KeyOfSite mask_key.
             * @member {Uint8Array} mask_key
             * @memberof collegium.v1.KeyOfSite
             * @instance
             */
            KeyOfSite.prototype.mask_key = $util.newBuffer([]);

            /**
             * KeyOfSite encryption_key.
             * @member {Uint8Array} encryption_key
             * @memberof collegium.v1.KeyOfSite
             * @instance
             */
            KeyOfSite.prototype.encryption_key = $util.newBuffer([]);

            /**
             * KeyOfSite signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.KeyOfSite
             * @instance
             */
            KeyOfSite.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new KeyOfSite instance using the specified properties.
             * @function create
             * @memberof collegium.v1.KeyOfSite
             * @static
             * @param {collegium.v1.KeyOfSite.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.KeyOfSite} KeyOfSite instance
             * @type {{
             *   (properties: collegium.v1.KeyOfSite.$Shape): collegium.v1.KeyOfSite & collegium.v1.KeyOfSite.$Shape;
             *   (properties?: collegium.v1.KeyOfSite.$Properties): collegium.v1.KeyOfSite;
             * }}
             */
            KeyOfSite.create = function(properties) {
                return new KeyOfSite(properties);
            };

            /**
             * Encodes the specified KeyOfSite message. Does not implicitly {@link collegium.v1.KeyOfSite.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.KeyOfSite
             * @static
             * @param {collegium.v1.KeyOfSite.$Properties} message KeyOfSite message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeyOfSite.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.mask_key != null && $Object.hasOwnProperty.call(message, "mask_key") && message.mask_key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.mask_key);
                if (message.encryption_key != null && $Object.hasOwnProperty.call(message, "encryption_key") && message.encryption_key.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.encryption_key);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeyOfSite message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.KeyOfSite
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.KeyOfSite & collegium.v1.KeyOfSite.$Shape} KeyOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeyOfSite.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.KeyOfSite();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mask_key = value;
                            else
                                delete message.mask_key;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.encryption_key = value;
                            else
                                delete message.encryption_key;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a KeyOfSite message.
             * @function verify
             * @memberof collegium.v1.KeyOfSite
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            KeyOfSite.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.mask_key != null && $Object.hasOwnProperty.call(message, "mask_key"))
                    if (!(message.mask_key && typeof message.mask_key.length === "number" || $util.isString(message.mask_key)))
                        return "mask_key: buffer expected";
                if (message.encryption_key != null && $Object.hasOwnProperty.call(message, "encryption_key"))
                    if (!(message.encryption_key && typeof message.encryption_key.length === "number" || $util.isString(message.encryption_key)))
                        return "encryption_key: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for KeyOfSite
             * @function getTypeUrl
             * @memberof collegium.v1.KeyOfSite
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KeyOfSite.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.KeyOfSite";
            };

            return KeyOfSite;
        })();

        v1.SealedShares = (function() {

            /**
             * Properties of a SealedShares.
             * @typedef {Object} collegium.v1.SealedShares.$Properties
             * @property {Uint8Array|null} [question] SealedShares question
             * @property {Array.<collegium.v1.SealedShare.$Properties>|null} [shares] SealedShares shares
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SealedShares.
             * @memberof collegium.v1
             * @interface ISealedShares
             * @augments collegium.v1.SealedShares.$Properties
             * @deprecated Use collegium.v1.SealedShares.$Properties instead.
             */

            /**
             * Shape of a SealedShares.
             * @typedef {collegium.v1.SealedShares.$Properties} collegium.v1.SealedShares.$Shape
             */

            /**
             * Constructs a new SealedShares.
             * @memberof collegium.v1
             * @classdesc Represents a SealedShares.
             * @constructor
             * @param {collegium.v1.SealedShares.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SealedShares = function (properties) {
                this.shares = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SealedShares question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.SealedShares
             * @instance
             */
            SealedShares.prototype.question = $util.newBuffer([]);

            /**
             * SealedShares shares.
             * @member {Array.<collegium.v1.SealedShare.$Properties>} shares
             * @memberof collegium.v1.SealedShares
             * @instance
             */
            SealedShares.prototype.shares = $util.emptyArray;

            /**
             * Creates a new SealedShares instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SealedShares
             * @static
             * @param {collegium.v1.SealedShares.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SealedShares} SealedShares instance
             * @type {{
             *   (properties: collegium.v1.SealedShares.$Shape): collegium.v1.SealedShares & collegium.v1.SealedShares.$Shape;
             *   (properties?: collegium.v1.SealedShares.$Properties): collegium.v1.SealedShares;
             * }}
             */
            SealedShares.create = function(properties) {
                return new SealedShares(properties);
            };

            /**
             * Encodes the specified SealedShares message. Does not implicitly {@link collegium.v1.SealedShares.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SealedShares
             * @static
             * @param {collegium.v1.SealedShares.$Properties} message SealedShares message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SealedShares.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.shares != null && message.shares.length)
                    for (let i = 0; i < message.shares.length; ++i)
                        $root.collegium.v1.SealedShare.encode(message.shares[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SealedShares message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SealedShares
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SealedShares & collegium.v1.SealedShares.$Shape} SealedShares
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SealedShares.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SealedShares();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.shares && message.shares.length))
                                message.shares = [];
                            message.shares.push($root.collegium.v1.SealedShare.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SealedShares message.
             * @function verify
             * @memberof collegium.v1.SealedShares
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SealedShares.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.shares != null && $Object.hasOwnProperty.call(message, "shares")) {
                    if (!$Array.isArray(message.shares))
                        return "shares: array expected";
                    for (let i = 0; i < message.shares.length; ++i) {
                        let error = $root.collegium.v1.SealedShare.verify(message.shares[i], _depth + 1);
                        if (error)
                            return "shares." + error;
                    }
                }
                return null;
            };

            /**
             * Gets the type url for SealedShares
             * @function getTypeUrl
             * @memberof collegium.v1.SealedShares
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SealedShares.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SealedShares";
            };

            return SealedShares;
        })();

        v1.SealedShare = (function() {

            /**
             * Properties of a SealedShare.
             * @typedef {Object} collegium.v1.SealedShare.$Properties
             * @property {string|null} [site] SealedShare site
             * @property {Uint8Array|null} [sealed] SealedShare sealed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SealedShare.
             * @memberof collegium.v1
             * @interface ISealedShare
             * @augments collegium.v1.SealedShare.$Properties
             * @deprecated Use collegium.v1.SealedShare.$Properties instead.
             */

            /**
             * Shape of a SealedShare.
             * @typedef {collegium.v1.SealedShare.$Properties} collegium.v1.SealedShare.$Shape
             */

            /**
             * Constructs a new SealedShare.
             * @memberof collegium.v1
             * @classdesc Represents a SealedShare.
             * @constructor
             * @param {collegium.v1.SealedShare.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SealedShare = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SealedShare site.
             * @member {string} site
             * @memberof collegium.v1.SealedShare
             * @instance
             */
            SealedShare.prototype.site = "";

            /**
             * SealedShare sealed.
             * @member {Uint8Array} sealed
             * @memberof collegium.v1.SealedShare
             * @instance
             */
            SealedShare.prototype.sealed = $util.newBuffer([]);

            /**
             * Creates a new SealedShare instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SealedShare
             * @static
             * @param {collegium.v1.SealedShare.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SealedShare} SealedShare instance
             * @type {{
             *   (properties: collegium.v1.SealedShare.$Shape): collegium.v1.SealedShare & collegium.v1.SealedShare.$Shape;
             *   (properties?: collegium.v1.SealedShare.$Properties): collegium.v1.SealedShare;
             * }}
             */
            SealedShare.create = function(properties) {
                return new SealedShare(properties);
            };

            /**
             * Encodes the specified SealedShare message. Does not implicitly {@link collegium.v1.SealedShare.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SealedShare
             * @static
             * @param {collegium.v1.SealedShare.$Properties} message SealedShare message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SealedShare.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed") && message.sealed.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sealed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SealedShare message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SealedShare
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SealedShare & collegium.v1.SealedShare.$Shape} SealedShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SealedShare.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SealedShare();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealed = value;
                            else
                                delete message.sealed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SealedShare message.
             * @function verify
             * @memberof collegium.v1.SealedShare
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SealedShare.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed"))
                    if (!(message.sealed && typeof message.sealed.length === "number" || $util.isString(message.sealed)))
                        return "sealed: buffer expected";
                return null;
            };

            /**
             * Gets the type url for SealedShare
             * @function getTypeUrl
             * @memberof collegium.v1.SealedShare
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SealedShare.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SealedShare";
            };

            return SealedShare;
        })();

        v1.SurvivorSignature = (function() {

            /**
             * Properties of a SurvivorSignature.
             * @typedef {Object} collegium.v1.SurvivorSignature.$Properties
             * @property {Uint8Array|null} [question] SurvivorSignature question
             * @property {Uint8Array|null} [signature] SurvivorSignature signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SurvivorSignature.
             * @memberof collegium.v1
             * @interface ISurvivorSignature
             * @augments collegium.v1.SurvivorSignature.$Properties
             * @deprecated Use collegium.v1.SurvivorSignature.$Properties instead.
             */

            /**
             * Shape of a SurvivorSignature.
             * @typedef {collegium.v1.SurvivorSignature.$Properties} collegium.v1.SurvivorSignature.$Shape
             */

            /**
             * Constructs a new SurvivorSignature.
             * @memberof collegium.v1
             * @classdesc Represents a SurvivorSignature.
             * @constructor
             * @param {collegium.v1.SurvivorSignature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SurvivorSignature = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SurvivorSignature question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.SurvivorSignature
             * @instance
             */
            SurvivorSignature.prototype.question = $util.newBuffer([]);

            /**
             * SurvivorSignature signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.SurvivorSignature
             * @instance
             */
            SurvivorSignature.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new SurvivorSignature instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SurvivorSignature
             * @static
             * @param {collegium.v1.SurvivorSignature.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SurvivorSignature} SurvivorSignature instance
             * @type {{
             *   (properties: collegium.v1.SurvivorSignature.$Shape): collegium.v1.SurvivorSignature & collegium.v1.SurvivorSignature.$Shape;
             *   (properties?: collegium.v1.SurvivorSignature.$Properties): collegium.v1.SurvivorSignature;
             * }}
             */
            SurvivorSignature.create = function(properties) {
                return new SurvivorSignature(properties);
            };

            /**
             * Encodes the specified SurvivorSignature message. Does not implicitly {@link collegium.v1.SurvivorSignature.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SurvivorSignature
             * @static
             * @param {collegium.v1.SurvivorSignature.$Properties} message SurvivorSignature message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SurvivorSignature.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SurvivorSignature message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SurvivorSignature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SurvivorSignature & collegium.v1.SurvivorSignature.$Shape} SurvivorSignature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SurvivorSignature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SurvivorSignature();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SurvivorSignature message.
             * @function verify
             * @memberof collegium.v1.SurvivorSignature
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SurvivorSignature.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for SurvivorSignature
             * @function getTypeUrl
             * @memberof collegium.v1.SurvivorSignature
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SurvivorSignature.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SurvivorSignature";
            };

            return SurvivorSignature;
        })();

        v1.SignatureOfSite = (function() {

            /**
             * Properties of a SignatureOfSite.
             * @typedef {Object} collegium.v1.SignatureOfSite.$Properties
             * @property {string|null} [site] SignatureOfSite site
             * @property {Uint8Array|null} [signature] SignatureOfSite signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignatureOfSite.
             * @memberof collegium.v1
             * @interface ISignatureOfSite
             * @augments collegium.v1.SignatureOfSite.$Properties
             * @deprecated Use collegium.v1.SignatureOfSite.$Properties instead.
             */

            /**
             * Shape of a SignatureOfSite.
             * @typedef {collegium.v1.SignatureOfSite.$Properties} collegium.v1.SignatureOfSite.$Shape
             */

            /**
             * Constructs a new SignatureOfSite.
             * @memberof collegium.v1
             * @classdesc Represents a SignatureOfSite.
             * @constructor
             * @param {collegium.v1.SignatureOfSite.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignatureOfSite = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignatureOfSite site.
             * @member {string} site
             * @memberof collegium.v1.SignatureOfSite
             * @instance
             */
            SignatureOfSite.prototype.site = "";

            /**
             * SignatureOfSite signature.
             * @member {Uint8Array} signature
             * @memberof collegium.v1.SignatureOfSite
             * @instance
             */
            SignatureOfSite.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new SignatureOfSite instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SignatureOfSite
             * @static
             * @param {collegium.v1.SignatureOfSite.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SignatureOfSite} SignatureOfSite instance
             * @type {{
             *   (properties: collegium.v1.SignatureOfSite.$Shape): collegium.v1.SignatureOfSite & collegium.v1.SignatureOfSite.$Shape;
             *   (properties?: collegium.v1.SignatureOfSite.$Properties): collegium.v1.SignatureOfSite;
             * }}
             */
            SignatureOfSite.create = function(properties) {
                return new SignatureOfSite(properties);
            };

            /**
             * Encodes the specified SignatureOfSite message. Does not implicitly {@link collegium.v1.SignatureOfSite.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SignatureOfSite
             * @static
             * @param {collegium.v1.SignatureOfSite.$Properties} message SignatureOfSite message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SignatureOfSite.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignatureOfSite message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SignatureOfSite
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SignatureOfSite & collegium.v1.SignatureOfSite.$Shape} SignatureOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SignatureOfSite.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SignatureOfSite();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SignatureOfSite message.
             * @function verify
             * @memberof collegium.v1.SignatureOfSite
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SignatureOfSite.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Gets the type url for SignatureOfSite
             * @function getTypeUrl
             * @memberof collegium.v1.SignatureOfSite
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SignatureOfSite.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SignatureOfSite";
            };

            return SignatureOfSite;
        })();

        v1.UnmaskShares = (function() {

            /**
             * Properties of an UnmaskShares.
             * @typedef {Object} collegium.v1.UnmaskShares.$Properties
             * @property {Uint8Array|null} [question] UnmaskShares question
             * @property {Array.<collegium.v1.UnmaskShare.$Properties>|null} [shares] UnmaskShares shares
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UnmaskShares.
             * @memberof collegium.v1
             * @interface IUnmaskShares
             * @augments collegium.v1.UnmaskShares.$Properties
             * @deprecated Use collegium.v1.UnmaskShares.$Properties instead.
             */

            /**
             * Shape of an UnmaskShares.
             * @typedef {collegium.v1.UnmaskShares.$Properties} collegium.v1.UnmaskShares.$Shape
             */

            /**
             * Constructs a new UnmaskShares.
             * @memberof collegium.v1
             * @classdesc Represents an UnmaskShares.
             * @constructor
             * @param {collegium.v1.UnmaskShares.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UnmaskShares = function (properties) {
                this.shares = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UnmaskShares question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.UnmaskShares
             * @instance
             */
            UnmaskShares.prototype.question = $util.newBuffer([]);

            /**
             * UnmaskShares shares.
             * @member {Array.<collegium.v1.UnmaskShare.$Properties>} shares
             * @memberof collegium.v1.UnmaskShares
             * @instance
             */
            UnmaskShares.prototype.shares = $util.emptyArray;

            /**
             * Creates a new UnmaskShares instance using the specified properties.
             * @function create
             * @memberof collegium.v1.UnmaskShares
             * @static
             * @param {collegium.v1.UnmaskShares.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.UnmaskShares} UnmaskShares instance
             * @type {{
             *   (properties: collegium.v1.UnmaskShares.$Shape): collegium.v1.UnmaskShares & collegium.v1.UnmaskShares.$Shape;
             *   (properties?: collegium.v1.UnmaskShares.$Properties): collegium.v1.UnmaskShares;
             * }}
             */
            UnmaskShares.create = function(properties) {
                return new UnmaskShares(properties);
            };

            /**
             * Encodes the specified UnmaskShares message. Does not implicitly {@link collegium.v1.UnmaskShares.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.UnmaskShares
             * @static
             * @param {collegium.v1.UnmaskShares.$Properties} message UnmaskShares message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnmaskShares.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.shares != null && message.shares.length)
                    for (let i = 0; i < message.shares.length; ++i)
                        $root.collegium.v1.UnmaskShare.encode(message.shares[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UnmaskShares message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.UnmaskShares
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.UnmaskShares & collegium.v1.UnmaskShares.$Shape} UnmaskShares
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnmaskShares.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.UnmaskShares();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.shares && message.shares.length))
                                message.shares = [];
                            message.shares.push($root.collegium.v1.UnmaskShare.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an UnmaskShares message.
             * @function verify
             * @memberof collegium.v1.UnmaskShares
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            UnmaskShares.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.shares != null && $Object.hasOwnProperty.call(message, "shares")) {
                    if (!$Array.isArray(message.shares))
                        return "shares: array expected";
                    for (let i = 0; i < message.shares.length; ++i) {
                        let error = $root.collegium.v1.UnmaskShare.verify(message.shares[i], _depth + 1);
                        if (error)
                            return "shares." + error;
                    }
                }
                return null;
            };

            /**
             * Gets the type url for UnmaskShares
             * @function getTypeUrl
             * @memberof collegium.v1.UnmaskShares
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            UnmaskShares.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.UnmaskShares";
            };

            return UnmaskShares;
        })();

        v1.UnmaskShare = (function() {

            /**
             * Properties of an UnmaskShare.
             * @typedef {Object} collegium.v1.UnmaskShare.$Properties
             * @property {string|null} [site] UnmaskShare site
             * @property {collegium.v1.UnmaskSecret|null} [secret] UnmaskShare secret
             * @property {Uint8Array|null} [share] UnmaskShare share
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UnmaskShare.
             * @memberof collegium.v1
             * @interface IUnmaskShare
             * @augments collegium.v1.UnmaskShare.$Properties
             * @deprecated Use collegium.v1.UnmaskShare.$Properties instead.
             */

            /**
             * Shape of an UnmaskShare.
             * @typedef {collegium.v1.UnmaskShare.$Properties} collegium.v1.UnmaskShare.$Shape
             */

            /**
             * Constructs a new UnmaskShare.
             * @memberof collegium.v1
             * @classdesc Represents an UnmaskShare.
             * @constructor
             * @param {collegium.v1.UnmaskShare.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UnmaskShare = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UnmaskShare site.
             * @member {string} site
             * @memberof collegium.v1.UnmaskShare
             * @instance
             */
            UnmaskShare.prototype.site = "";

            /**
             * UnmaskShare secret.
             * @member {collegium.v1.UnmaskSecret} secret
             * @memberof collegium.v1.UnmaskShare
             * @instance
             */
            UnmaskShare.prototype.secret = 0;

            /**
             * UnmaskShare share.
             * @member {Uint8Array} share
             * @memberof collegium.v1.UnmaskShare
             * @instance
             */
            UnmaskShare.prototype.share = $util.newBuffer([]);

            /**
             * Creates a new UnmaskShare instance using the specified properties.
             * @function create
             * @memberof collegium.v1.UnmaskShare
             * @static
             * @param {collegium.v1.UnmaskShare.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.UnmaskShare} UnmaskShare instance
             * @type {{
             *   (properties: collegium.v1.UnmaskShare.$Shape): collegium.v1.UnmaskShare & collegium.v1.UnmaskShare.$Shape;
             *   (properties?: collegium.v1.UnmaskShare.$Properties): collegium.v1.UnmaskShare;
             * }}
             */
            UnmaskShare.create = function(properties) {
                return new UnmaskShare(properties);
            };

            /**
             * Encodes the specified UnmaskShare message. Does not implicitly {@link collegium.v1.UnmaskShare.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.UnmaskShare
             * @static
             * @param {collegium.v1.UnmaskShare.$Properties} message UnmaskShare message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnmaskShare.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.site != null && $Object.hasOwnProperty.call(message, "site") && message.site !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.site);
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret") && message.secret !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.secret);
                if (message.share != null && $Object.hasOwnProperty.call(message, "share") && message.share.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.share);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UnmaskShare message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.UnmaskShare
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.UnmaskShare & collegium.v1.UnmaskShare.$Shape} UnmaskShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnmaskShare.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.UnmaskShare();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.site = value;
                            else
                                delete message.site;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.secret = value;
                            else
                                delete message.secret;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.share = value;
                            else
                                delete message.share;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an UnmaskShare message.
             * @function verify
             * @memberof collegium.v1.UnmaskShare
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            UnmaskShare.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.site != null && $Object.hasOwnProperty.call(message, "site"))
                    if (!$util.isString(message.site))
                        return "site: string expected";
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret"))
                    if (typeof message.secret !== "number" || (message.secret | 0) !== message.secret)
                        return "secret: enum value expected";
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    if (!(message.share && typeof message.share.length === "number" || $util.isString(message.share)))
                        return "share: buffer expected";
                return null;
            };

            /**
             * Gets the type url for UnmaskShare
             * @function getTypeUrl
             * @memberof collegium.v1.UnmaskShare
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            UnmaskShare.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.UnmaskShare";
            };

            return UnmaskShare;
        })();

        /**
         * UnmaskSecret enum.
         * @name collegium.v1.UnmaskSecret
         * @enum {number}
         * @property {number} SELF_MASK=0 SELF_MASK value
         * @property {number} MASK_KEY=1 MASK_KEY value
         */
        v1.UnmaskSecret = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SELF_MASK"] = 0;
            values[valuesById[1] = "MASK_KEY"] = 1;
            return values;
        })();

        v1.Refusal = (function() {

            /**
             * Properties of a Refusal.
             * @typedef {Object} collegium.v1.Refusal.$Properties
             * @property {Uint8Array|null} [question] Refusal question
             * @property {string|null} [code] Refusal code
             * @property {string|null} [reason] Refusal reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Refusal.
             * @memberof collegium.v1
             * @interface IRefusal
             * @augments collegium.v1.Refusal.$Properties
             * @deprecated Use collegium.v1.Refusal.$Properties instead.
             */

            /**
             * Shape of a Refusal.
             * @typedef {collegium.v1.Refusal.$Properties} collegium.v1.Refusal.$Shape
             */

            /**
             * Constructs a new Refusal.
             * @memberof collegium.v1
             * @classdesc Represents a Refusal.
             * @constructor
             * @param {collegium.v1.Refusal.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Refusal = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Refusal question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.Refusal
             * @instance
             */
            Refusal.prototype.question = $util.newBuffer([]);

            /**
             * Refusal code.
             * @member {string} code
             * @memberof collegium.v1.Refusal
             * @instance
             */
            Refusal.prototype.code = "";

            /**
             * Refusal reason.
             * @member {string} reason
             * @memberof collegium.v1.Refusal
             * @instance
             */
            Refusal.prototype.reason = "";

            /**
             * Creates a new Refusal instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Refusal
             * @static
             * @param {collegium.v1.Refusal.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Refusal} Refusal instance
             * @type {{
             *   (properties: collegium.v1.Refusal.$Shape): collegium.v1.Refusal & collegium.v1.Refusal.$Shape;
             *   (properties?: collegium.v1.Refusal.$Properties): collegium.v1.Refusal;
             * }}
             */
            Refusal.create = function(properties) {
                return new Refusal(properties);
            };

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link collegium.v1.Refusal.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Refusal
             * @static
             * @param {collegium.v1.Refusal.$Properties} message Refusal message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Refusal.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.code);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Refusal
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Refusal & collegium.v1.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Refusal.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Refusal();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Refusal message.
             * @function verify
             * @memberof collegium.v1.Refusal
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Refusal.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    if (!$util.isString(message.code))
                        return "code: string expected";
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    if (!$util.isString(message.reason))
                        return "reason: string expected";
                return null;
            };

            /**
             * Gets the type url for Refusal
             * @function getTypeUrl
             * @memberof collegium.v1.Refusal
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Refusal.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Refusal";
            };

            return Refusal;
        })();

        v1.Receipt = (function() {

            /**
             * Properties of a Receipt.
             * @typedef {Object} collegium.v1.Receipt.$Properties
             * @property {Uint8Array|null} [question] Receipt question
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Receipt.
             * @memberof collegium.v1
             * @interface IReceipt
             * @augments collegium.v1.Receipt.$Properties
             * @deprecated Use collegium.v1.Receipt.$Properties instead.
             */

            /**
             * Shape of a Receipt.
             * @typedef {collegium.v1.Receipt.$Properties} collegium.v1.Receipt.$Shape
             */

            /**
             * Constructs a new Receipt.
             * @memberof collegium.v1
             * @classdesc Represents a Receipt.
             * @constructor
             * @param {collegium.v1.Receipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Receipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Receipt question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.Receipt
             * @instance
             */
            Receipt.prototype.question = $util.newBuffer([]);

            /**
             * Creates a new Receipt instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Receipt
             * @static
             * @param {collegium.v1.Receipt.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Receipt} Receipt instance
             * @type {{
             *   (properties: collegium.v1.Receipt.$Shape): collegium.v1.Receipt & collegium.v1.Receipt.$Shape;
             *   (properties?: collegium.v1.Receipt.$Properties): collegium.v1.Receipt;
             * }}
             */
            Receipt.create = function(properties) {
                return new Receipt(properties);
            };

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link collegium.v1.Receipt.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Receipt
             * @static
             * @param {collegium.v1.Receipt.$Properties} message Receipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Receipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Receipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Receipt & collegium.v1.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Receipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Receipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a Receipt message.
             * @function verify
             * @memberof collegium.v1.Receipt
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Receipt.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Receipt
             * @function getTypeUrl
             * @memberof collegium.v1.Receipt
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Receipt.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Receipt";
            };

            return Receipt;
        })();

        v1.SurvivorSet = (function() {

            /**
             * Properties of a SurvivorSet.
             * @typedef {Object} collegium.v1.SurvivorSet.$Properties
             * @property {Uint8Array|null} [question] SurvivorSet question
             * @property {Array.<string>|null} [sites] SurvivorSet sites
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SurvivorSet.
             * @memberof collegium.v1
             * @interface ISurvivorSet
             * @augments collegium.v1.SurvivorSet.$Properties
             * @deprecated Use collegium.v1.SurvivorSet.$Properties instead.
             */

            /**
             * Shape of a SurvivorSet.
             * @typedef {collegium.v1.SurvivorSet.$Properties} collegium.v1.SurvivorSet.$Shape
             */

            /**
             * Constructs a new SurvivorSet.
             * @memberof collegium.v1
             * @classdesc Represents a SurvivorSet.
             * @constructor
             * @param {collegium.v1.SurvivorSet.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SurvivorSet = function (properties) {
                this.sites = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SurvivorSet question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.SurvivorSet
             * @instance
             */
            SurvivorSet.prototype.question = $util.newBuffer([]);

            /**
             * SurvivorSet sites.
             * @member {Array.<string>} sites
             * @memberof collegium.v1.SurvivorSet
             * @instance
             */
            SurvivorSet.prototype.sites = $util.emptyArray;

            /**
             * Creates a new SurvivorSet instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SurvivorSet
             * @static
             * @param {collegium.v1.SurvivorSet.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SurvivorSet} SurvivorSet instance
             * @type {{
             *   (properties: collegium.v1.SurvivorSet.$Shape): collegium.v1.SurvivorSet & collegium.v1.SurvivorSet.$Shape;
             *   (properties?: collegium.v1.SurvivorSet.$Properties): collegium.v1.SurvivorSet;
             * }}
             */
            SurvivorSet.create = function(properties) {
                return new SurvivorSet(properties);
            };

            /**
             * Encodes the specified SurvivorSet message. Does not implicitly {@link collegium.v1.SurvivorSet.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SurvivorSet
             * @static
             * @param {collegium.v1.SurvivorSet.$Properties} message SurvivorSet message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SurvivorSet.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.sites != null && message.sites.length)
                    for (let i = 0; i < message.sites.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.sites[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SurvivorSet message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SurvivorSet
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SurvivorSet & collegium.v1.SurvivorSet.$Shape} SurvivorSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SurvivorSet.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SurvivorSet();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sites && message.sites.length))
                                message.sites = [];
                            message.sites.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SurvivorSet message.
             * @function verify
             * @memberof collegium.v1.SurvivorSet
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SurvivorSet.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.sites != null && $Object.hasOwnProperty.call(message, "sites")) {
                    if (!$Array.isArray(message.sites))
                        return "sites: array expected";
                    for (let i = 0; i < message.sites.length; ++i)
                        if (!$util.isString(message.sites[i]))
                            return "sites: string[] expected";
                }
                return null;
            };

            /**
             * Gets the type url for SurvivorSet
             * @function getTypeUrl
             * @memberof collegium.v1.SurvivorSet
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SurvivorSet.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SurvivorSet";
            };

            return SurvivorSet;
        })();

        v1.SumRevealed = (function() {

            /**
             * Properties of a SumRevealed.
             * @typedef {Object} collegium.v1.SumRevealed.$Properties
             * @property {Uint8Array|null} [question] SumRevealed question
             * @property {Uint8Array|null} [sum_hash] SumRevealed sum_hash
             * @property {number|null} [sites] SumRevealed sites
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SumRevealed.
             * @memberof collegium.v1
             * @interface ISumRevealed
             * @augments collegium.v1.SumRevealed.$Properties
             * @deprecated Use collegium.v1.SumRevealed.$Properties instead.
             */

            /**
             * Shape of a SumRevealed.
             * @typedef {collegium.v1.SumRevealed.$Properties} collegium.v1.SumRevealed.$Shape
             */

            /**
             * Constructs a new SumRevealed.
             * @memberof collegium.v1
             * @classdesc Represents a SumRevealed.
             * @constructor
             * @param {collegium.v1.SumRevealed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SumRevealed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SumRevealed question.
             * @member {Uint8Array} question
             * @memberof collegium.v1.SumRevealed
             * @instance
             */
            SumRevealed.prototype.question = $util.newBuffer([]);

            /**
             * SumRevealed sum_hash.
             * @member {Uint8Array} sum_hash
             * @memberof collegium.v1.SumRevealed
             * @instance
             */
            SumRevealed.prototype.sum_hash = $util.newBuffer([]);

            /**
             * SumRevealed sites.
             * @member {number} sites
             * @memberof collegium.v1.SumRevealed
             * @instance
             */
            SumRevealed.prototype.sites = 0;

            /**
             * Creates a new SumRevealed instance using the specified properties.
             * @function create
             * @memberof collegium.v1.SumRevealed
             * @static
             * @param {collegium.v1.SumRevealed.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.SumRevealed} SumRevealed instance
             * @type {{
             *   (properties: collegium.v1.SumRevealed.$Shape): collegium.v1.SumRevealed & collegium.v1.SumRevealed.$Shape;
             *   (properties?: collegium.v1.SumRevealed.$Properties): collegium.v1.SumRevealed;
             * }}
             */
            SumRevealed.create = function(properties) {
                return new SumRevealed(properties);
            };

            /**
             * Encodes the specified SumRevealed message. Does not implicitly {@link collegium.v1.SumRevealed.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.SumRevealed
             * @static
             * @param {collegium.v1.SumRevealed.$Properties} message SumRevealed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SumRevealed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.question != null && $Object.hasOwnProperty.call(message, "question") && message.question.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.question);
                if (message.sum_hash != null && $Object.hasOwnProperty.call(message, "sum_hash") && message.sum_hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sum_hash);
                if (message.sites != null && $Object.hasOwnProperty.call(message, "sites") && message.sites !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.sites);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SumRevealed message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.SumRevealed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.SumRevealed & collegium.v1.SumRevealed.$Shape} SumRevealed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SumRevealed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.SumRevealed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.question = value;
                            else
                                delete message.question;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sum_hash = value;
                            else
                                delete message.sum_hash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sites = value;
                            else
                                delete message.sites;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a SumRevealed message.
             * @function verify
             * @memberof collegium.v1.SumRevealed
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SumRevealed.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.question != null && $Object.hasOwnProperty.call(message, "question"))
                    if (!(message.question && typeof message.question.length === "number" || $util.isString(message.question)))
                        return "question: buffer expected";
                if (message.sum_hash != null && $Object.hasOwnProperty.call(message, "sum_hash"))
                    if (!(message.sum_hash && typeof message.sum_hash.length === "number" || $util.isString(message.sum_hash)))
                        return "sum_hash: buffer expected";
                if (message.sites != null && $Object.hasOwnProperty.call(message, "sites"))
                    if (!$util.isInteger(message.sites))
                        return "sites: integer expected";
                return null;
            };

            /**
             * Gets the type url for SumRevealed
             * @function getTypeUrl
             * @memberof collegium.v1.SumRevealed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SumRevealed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.SumRevealed";
            };

            return SumRevealed;
        })();

        v1.StudentAnnouncement = (function() {

            /**
             * Properties of a StudentAnnouncement.
             * @typedef {Object} collegium.v1.StudentAnnouncement.$Properties
             * @property {string|null} [run] StudentAnnouncement run
             * @property {Uint8Array|null} [onnx_hash] StudentAnnouncement onnx_hash
             * @property {Uint8Array|null} [tfjs_model_hash] StudentAnnouncement tfjs_model_hash
             * @property {Uint8Array|null} [tfjs_weights_hash] StudentAnnouncement tfjs_weights_hash
             * @property {Uint8Array|null} [card_hash] StudentAnnouncement card_hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StudentAnnouncement.
             * @memberof collegium.v1
             * @interface IStudentAnnouncement
             * @augments collegium.v1.StudentAnnouncement.$Properties
             * @deprecated Use collegium.v1.StudentAnnouncement.$Properties instead.
             */

            /**
             * Shape of a StudentAnnouncement.
             * @typedef {collegium.v1.StudentAnnouncement.$Properties} collegium.v1.StudentAnnouncement.$Shape
             */

            /**
             * Constructs a new StudentAnnouncement.
             * @memberof collegium.v1
             * @classdesc Represents a StudentAnnouncement.
             * @constructor
             * @param {collegium.v1.StudentAnnouncement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StudentAnnouncement = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StudentAnnouncement run.
             * @member {string} run
             * @memberof collegium.v1.StudentAnnouncement
             * @instance
             */
            StudentAnnouncement.prototype.run = "";

            /**
             * StudentAnnouncement onnx_hash.
             * @member {Uint8Array} onnx_hash
             * @memberof collegium.v1.StudentAnnouncement
             * @instance
             */
            StudentAnnouncement.prototype.onnx_hash = $util.newBuffer([]);

            /**
             * StudentAnnouncement tfjs_model_hash.
             * @member {Uint8Array} tfjs_model_hash
             * @memberof collegium.v1.StudentAnnouncement
             * @instance
             */
            StudentAnnouncement.prototype.tfjs_model_hash = $util.newBuffer([]);

            /**
             * StudentAnnouncement tfjs_weights_hash.
             * @member {Uint8Array} tfjs_weights_hash
             * @memberof collegium.v1.StudentAnnouncement
             * @instance
             */
            StudentAnnouncement.prototype.tfjs_weights_hash = $util.newBuffer([]);

            /**
             * StudentAnnouncement card_hash.
             * @member {Uint8Array} card_hash
             * @memberof collegium.v1.StudentAnnouncement
             * @instance
             */
            StudentAnnouncement.prototype.card_hash = $util.newBuffer([]);

            /**
             * Creates a new StudentAnnouncement instance using the specified properties.
             * @function create
             * @memberof collegium.v1.StudentAnnouncement
             * @static
             * @param {collegium.v1.StudentAnnouncement.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.StudentAnnouncement} StudentAnnouncement instance
             * @type {{
             *   (properties: collegium.v1.StudentAnnouncement.$Shape): collegium.v1.StudentAnnouncement & collegium.v1.StudentAnnouncement.$Shape;
             *   (properties?: collegium.v1.StudentAnnouncement.$Properties): collegium.v1.StudentAnnouncement;
             * }}
             */
            StudentAnnouncement.create = function(properties) {
                return new StudentAnnouncement(properties);
            };

            /**
             * Encodes the specified StudentAnnouncement message. Does not implicitly {@link collegium.v1.StudentAnnouncement.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.StudentAnnouncement
             * @static
             * @param {collegium.v1.StudentAnnouncement.$Properties} message StudentAnnouncement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StudentAnnouncement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.run);
                if (message.onnx_hash != null && $Object.hasOwnProperty.call(message, "onnx_hash") && message.onnx_hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.onnx_hash);
                if (message.tfjs_model_hash != null && $Object.hasOwnProperty.call(message, "tfjs_model_hash") && message.tfjs_model_hash.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.tfjs_model_hash);
                if (message.tfjs_weights_hash != null && $Object.hasOwnProperty.call(message, "tfjs_weights_hash") && message.tfjs_weights_hash.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.tfjs_weights_hash);
                if (message.card_hash != null && $Object.hasOwnProperty.call(message, "card_hash") && message.card_hash.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.card_hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StudentAnnouncement message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.StudentAnnouncement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.StudentAnnouncement & collegium.v1.StudentAnnouncement.$Shape} StudentAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StudentAnnouncement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.StudentAnnouncement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.run = value;
                            else
                                delete message.run;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.onnx_hash = value;
                            else
                                delete message.onnx_hash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.tfjs_model_hash = value;
                            else
                                delete message.tfjs_model_hash;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.tfjs_weights_hash = value;
                            else
                                delete message.tfjs_weights_hash;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.card_hash = value;
                            else
                                delete message.card_hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a StudentAnnouncement message.
             * @function verify
             * @memberof collegium.v1.StudentAnnouncement
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            StudentAnnouncement.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.run != null && $Object.hasOwnProperty.call(message, "run"))
                    if (!$util.isString(message.run))
                        return "run: string expected";
                if (message.onnx_hash != null && $Object.hasOwnProperty.call(message, "onnx_hash"))
                    if (!(message.onnx_hash && typeof message.onnx_hash.length === "number" || $util.isString(message.onnx_hash)))
                        return "onnx_hash: buffer expected";
                if (message.tfjs_model_hash != null && $Object.hasOwnProperty.call(message, "tfjs_model_hash"))
                    if (!(message.tfjs_model_hash && typeof message.tfjs_model_hash.length === "number" || $util.isString(message.tfjs_model_hash)))
                        return "tfjs_model_hash: buffer expected";
                if (message.tfjs_weights_hash != null && $Object.hasOwnProperty.call(message, "tfjs_weights_hash"))
                    if (!(message.tfjs_weights_hash && typeof message.tfjs_weights_hash.length === "number" || $util.isString(message.tfjs_weights_hash)))
                        return "tfjs_weights_hash: buffer expected";
                if (message.card_hash != null && $Object.hasOwnProperty.call(message, "card_hash"))
                    if (!(message.card_hash && typeof message.card_hash.length === "number" || $util.isString(message.card_hash)))
                        return "card_hash: buffer expected";
                return null;
            };

            /**
             * Gets the type url for StudentAnnouncement
             * @function getTypeUrl
             * @memberof collegium.v1.StudentAnnouncement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            StudentAnnouncement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.StudentAnnouncement";
            };

            return StudentAnnouncement;
        })();

        v1.Evaluation = (function() {

            /**
             * Properties of an Evaluation.
             * @typedef {Object} collegium.v1.Evaluation.$Properties
             * @property {string|null} [run] Evaluation run
             * @property {Uint8Array|null} [report_hash] Evaluation report_hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Evaluation.
             * @memberof collegium.v1
             * @interface IEvaluation
             * @augments collegium.v1.Evaluation.$Properties
             * @deprecated Use collegium.v1.Evaluation.$Properties instead.
             */

            /**
             * Shape of an Evaluation.
             * @typedef {collegium.v1.Evaluation.$Properties} collegium.v1.Evaluation.$Shape
             */

            /**
             * Constructs a new Evaluation.
             * @memberof collegium.v1
             * @classdesc Represents an Evaluation.
             * @constructor
             * @param {collegium.v1.Evaluation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Evaluation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Evaluation run.
             * @member {string} run
             * @memberof collegium.v1.Evaluation
             * @instance
             */
            Evaluation.prototype.run = "";

            /**
             * Evaluation report_hash.
             * @member {Uint8Array} report_hash
             * @memberof collegium.v1.Evaluation
             * @instance
             */
            Evaluation.prototype.report_hash = $util.newBuffer([]);

            /**
             * Creates a new Evaluation instance using the specified properties.
             * @function create
             * @memberof collegium.v1.Evaluation
             * @static
             * @param {collegium.v1.Evaluation.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.Evaluation} Evaluation instance
             * @type {{
             *   (properties: collegium.v1.Evaluation.$Shape): collegium.v1.Evaluation & collegium.v1.Evaluation.$Shape;
             *   (properties?: collegium.v1.Evaluation.$Properties): collegium.v1.Evaluation;
             * }}
             */
            Evaluation.create = function(properties) {
                return new Evaluation(properties);
            };

            /**
             * Encodes the specified Evaluation message. Does not implicitly {@link collegium.v1.Evaluation.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.Evaluation
             * @static
             * @param {collegium.v1.Evaluation.$Properties} message Evaluation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Evaluation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.run);
                if (message.report_hash != null && $Object.hasOwnProperty.call(message, "report_hash") && message.report_hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.report_hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Evaluation message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.Evaluation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.Evaluation & collegium.v1.Evaluation.$Shape} Evaluation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Evaluation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.Evaluation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.run = value;
                            else
                                delete message.run;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.report_hash = value;
                            else
                                delete message.report_hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an Evaluation message.
             * @function verify
             * @memberof collegium.v1.Evaluation
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Evaluation.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.run != null && $Object.hasOwnProperty.call(message, "run"))
                    if (!$util.isString(message.run))
                        return "run: string expected";
                if (message.report_hash != null && $Object.hasOwnProperty.call(message, "report_hash"))
                    if (!(message.report_hash && typeof message.report_hash.length === "number" || $util.isString(message.report_hash)))
                        return "report_hash: buffer expected";
                return null;
            };

            /**
             * Gets the type url for Evaluation
             * @function getTypeUrl
             * @memberof collegium.v1.Evaluation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Evaluation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.Evaluation";
            };

            return Evaluation;
        })();

        v1.BlobRequest = (function() {

            /**
             * Properties of a BlobRequest.
             * @typedef {Object} collegium.v1.BlobRequest.$Properties
             * @property {Uint8Array|null} [hash] BlobRequest hash
             * @property {number|null} [offset] BlobRequest offset
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BlobRequest.
             * @memberof collegium.v1
             * @interface IBlobRequest
             * @augments collegium.v1.BlobRequest.$Properties
             * @deprecated Use collegium.v1.BlobRequest.$Properties instead.
             */

            /**
             * Shape of a BlobRequest.
             * @typedef {collegium.v1.BlobRequest.$Properties} collegium.v1.BlobRequest.$Shape
             */

            /**
             * Constructs a new BlobRequest.
             * @memberof collegium.v1
             * @classdesc Represents a BlobRequest.
             * @constructor
             * @param {collegium.v1.BlobRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BlobRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BlobRequest hash.
             * @member {Uint8Array} hash
             * @memberof collegium.v1.BlobRequest
             * @instance
             */
            BlobRequest.prototype.hash = $util.newBuffer([]);

            /**
             * BlobRequest offset.
             * @member {number} offset
             * @memberof collegium.v1.BlobRequest
             * @instance
             */
            BlobRequest.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new BlobRequest instance using the specified properties.
             * @function create
             * @memberof collegium.v1.BlobRequest
             * @static
             * @param {collegium.v1.BlobRequest.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.BlobRequest} BlobRequest instance
             * @type {{
             *   (properties: collegium.v1.BlobRequest.$Shape): collegium.v1.BlobRequest & collegium.v1.BlobRequest.$Shape;
             *   (properties?: collegium.v1.BlobRequest.$Properties): collegium.v1.BlobRequest;
             * }}
             */
            BlobRequest.create = function(properties) {
                return new BlobRequest(properties);
            };

            /**
             * Encodes the specified BlobRequest message. Does not implicitly {@link collegium.v1.BlobRequest.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.BlobRequest
             * @static
             * @param {collegium.v1.BlobRequest.$Properties} message BlobRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BlobRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.hash);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.offset);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BlobRequest message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.BlobRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.BlobRequest & collegium.v1.BlobRequest.$Shape} BlobRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BlobRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.BlobRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a BlobRequest message.
             * @function verify
             * @memberof collegium.v1.BlobRequest
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            BlobRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                    if (!(message.hash && typeof message.hash.length === "number" || $util.isString(message.hash)))
                        return "hash: buffer expected";
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                    if (!$util.isInteger(message.offset) && !(message.offset && $util.isInteger(message.offset.low) && $util.isInteger(message.offset.high)))
                        return "offset: integer|Long expected";
                return null;
            };

            /**
             * Gets the type url for BlobRequest
             * @function getTypeUrl
             * @memberof collegium.v1.BlobRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BlobRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.BlobRequest";
            };

            return BlobRequest;
        })();

        v1.BlobChunk = (function() {

            /**
             * Properties of a BlobChunk.
             * @typedef {Object} collegium.v1.BlobChunk.$Properties
             * @property {Uint8Array|null} [hash] BlobChunk hash
             * @property {number|null} [offset] BlobChunk offset
             * @property {number|null} [total] BlobChunk total
             * @property {Uint8Array|null} [content] BlobChunk content
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BlobChunk.
             * @memberof collegium.v1
             * @interface IBlobChunk
             * @augments collegium.v1.BlobChunk.$Properties
             * @deprecated Use collegium.v1.BlobChunk.$Properties instead.
             */

            /**
             * Shape of a BlobChunk.
             * @typedef {collegium.v1.BlobChunk.$Properties} collegium.v1.BlobChunk.$Shape
             */

            /**
             * Constructs a new BlobChunk.
             * @memberof collegium.v1
             * @classdesc Represents a BlobChunk.
             * @constructor
             * @param {collegium.v1.BlobChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BlobChunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BlobChunk hash.
             * @member {Uint8Array} hash
             * @memberof collegium.v1.BlobChunk
             * @instance
             */
            BlobChunk.prototype.hash = $util.newBuffer([]);

            /**
             * BlobChunk offset.
             * @member {number} offset
             * @memberof collegium.v1.BlobChunk
             * @instance
             */
            BlobChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * BlobChunk total.
             * @member {number} total
             * @memberof collegium.v1.BlobChunk
             * @instance
             */
            BlobChunk.prototype.total = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * BlobChunk content.
             * @member {Uint8Array} content
             * @memberof collegium.v1.BlobChunk
             * @instance
             */
            BlobChunk.prototype.content = $util.newBuffer([]);

            /**
             * Creates a new BlobChunk instance using the specified properties.
             * @function create
             * @memberof collegium.v1.BlobChunk
             * @static
             * @param {collegium.v1.BlobChunk.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.BlobChunk} BlobChunk instance
             * @type {{
             *   (properties: collegium.v1.BlobChunk.$Shape): collegium.v1.BlobChunk & collegium.v1.BlobChunk.$Shape;
             *   (properties?: collegium.v1.BlobChunk.$Properties): collegium.v1.BlobChunk;
             * }}
             */
            BlobChunk.create = function(properties) {
                return new BlobChunk(properties);
            };

            /**
             * Encodes the specified BlobChunk message. Does not implicitly {@link collegium.v1.BlobChunk.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.BlobChunk
             * @static
             * @param {collegium.v1.BlobChunk.$Properties} message BlobChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BlobChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.hash);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.offset);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total") && (typeof message.total === "object" ? message.total.low || message.total.high : message.total !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.total);
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.content);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BlobChunk message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.BlobChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.BlobChunk & collegium.v1.BlobChunk.$Shape} BlobChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BlobChunk.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.BlobChunk();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.total = value;
                            else
                                delete message.total;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies a BlobChunk message.
             * @function verify
             * @memberof collegium.v1.BlobChunk
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            BlobChunk.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                    if (!(message.hash && typeof message.hash.length === "number" || $util.isString(message.hash)))
                        return "hash: buffer expected";
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                    if (!$util.isInteger(message.offset) && !(message.offset && $util.isInteger(message.offset.low) && $util.isInteger(message.offset.high)))
                        return "offset: integer|Long expected";
                if (message.total != null && $Object.hasOwnProperty.call(message, "total"))
                    if (!$util.isInteger(message.total) && !(message.total && $util.isInteger(message.total.low) && $util.isInteger(message.total.high)))
                        return "total: integer|Long expected";
                if (message.content != null && $Object.hasOwnProperty.call(message, "content"))
                    if (!(message.content && typeof message.content.length === "number" || $util.isString(message.content)))
                        return "content: buffer expected";
                return null;
            };

            /**
             * Gets the type url for BlobChunk
             * @function getTypeUrl
             * @memberof collegium.v1.BlobChunk
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BlobChunk.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.BlobChunk";
            };

            return BlobChunk;
        })();

        v1.ErrorReply = (function() {

            /**
             * Properties of an ErrorReply.
             * @typedef {Object} collegium.v1.ErrorReply.$Properties
             * @property {string|null} [code] ErrorReply code
             * @property {string|null} [message] ErrorReply message
             * @property {string|null} [hint] ErrorReply hint
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ErrorReply.
             * @memberof collegium.v1
             * @interface IErrorReply
             * @augments collegium.v1.ErrorReply.$Properties
             * @deprecated Use collegium.v1.ErrorReply.$Properties instead.
             */

            /**
             * Shape of an ErrorReply.
             * @typedef {collegium.v1.ErrorReply.$Properties} collegium.v1.ErrorReply.$Shape
             */

            /**
             * Constructs a new ErrorReply.
             * @memberof collegium.v1
             * @classdesc Represents an ErrorReply.
             * @constructor
             * @param {collegium.v1.ErrorReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ErrorReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ErrorReply code.
             * @member {string} code
             * @memberof collegium.v1.ErrorReply
             * @instance
             */
            ErrorReply.prototype.code = "";

            /**
             * ErrorReply message.
             * @member {string} message
             * @memberof collegium.v1.ErrorReply
             * @instance
             */
            ErrorReply.prototype.message = "";

            /**
             * ErrorReply hint.
             * @member {string} hint
             * @memberof collegium.v1.ErrorReply
             * @instance
             */
            ErrorReply.prototype.hint = "";

            /**
             * Creates a new ErrorReply instance using the specified properties.
             * @function create
             * @memberof collegium.v1.ErrorReply
             * @static
             * @param {collegium.v1.ErrorReply.$Properties=} [properties] Properties to set
             * @returns {collegium.v1.ErrorReply} ErrorReply instance
             * @type {{
             *   (properties: collegium.v1.ErrorReply.$Shape): collegium.v1.ErrorReply & collegium.v1.ErrorReply.$Shape;
             *   (properties?: collegium.v1.ErrorReply.$Properties): collegium.v1.ErrorReply;
             * }}
             */
            ErrorReply.create = function(properties) {
                return new ErrorReply(properties);
            };

            /**
             * Encodes the specified ErrorReply message. Does not implicitly {@link collegium.v1.ErrorReply.verify|verify} messages.
             * @function encode
             * @memberof collegium.v1.ErrorReply
             * @static
             * @param {collegium.v1.ErrorReply.$Properties} message ErrorReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ErrorReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.hint != null && $Object.hasOwnProperty.call(message, "hint") && message.hint !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.hint);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ErrorReply message from the specified reader or buffer.
             * @function decode
             * @memberof collegium.v1.ErrorReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {collegium.v1.ErrorReply & collegium.v1.ErrorReply.$Shape} ErrorReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ErrorReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.collegium.v1.ErrorReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hint = value;
                            else
                                delete message.hint;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Verifies an ErrorReply message.
             * @function verify
             * @memberof collegium.v1.ErrorReply
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ErrorReply.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    if (!$util.isString(message.code))
                        return "code: string expected";
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    if (!$util.isString(message.message))
                        return "message: string expected";
                if (message.hint != null && $Object.hasOwnProperty.call(message, "hint"))
                    if (!$util.isString(message.hint))
                        return "hint: string expected";
                return null;
            };

            /**
             * Gets the type url for ErrorReply
             * @function getTypeUrl
             * @memberof collegium.v1.ErrorReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ErrorReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/collegium.v1.ErrorReply";
            };

            return ErrorReply;
        })();

        return v1;
    })();

    return collegium;
})();

export {
  $root as default
};
