import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace collegium. */
export namespace collegium {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Envelope.
         * @deprecated Use collegium.v1.Envelope.$Properties instead.
         */
        interface IEnvelope extends collegium.v1.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope payload. */
            payload: Uint8Array;

            /** Envelope key_id. */
            key_id: Uint8Array;

            /** Envelope signature. */
            signature: Uint8Array;

            /**
             * Creates a new Envelope instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Envelope instance
             */
            static create(properties: collegium.v1.Envelope.$Shape): collegium.v1.Envelope & collegium.v1.Envelope.$Shape;
            static create(properties?: collegium.v1.Envelope.$Properties): collegium.v1.Envelope;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link collegium.v1.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Envelope & collegium.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Envelope & collegium.v1.Envelope.$Shape;

            /**
             * Verifies an Envelope message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Envelope
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope payload */
                payload?: (Uint8Array|null);

                /** Envelope key_id */
                key_id?: (Uint8Array|null);

                /** Envelope signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Envelope. */
            type $Shape = collegium.v1.Envelope.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use collegium.v1.Message.$Properties instead.
         */
        interface IMessage extends collegium.v1.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message version. */
            version: number;

            /** Message federation. */
            federation: Uint8Array;

            /** Message sequence. */
            sequence: number;

            /** Message expires_at_ms. */
            expires_at_ms: number;

            /** Message in_reply_to. */
            in_reply_to: number;

            /** Message hello. */
            hello?: (collegium.v1.Hello.$Properties|null);

            /** Message enrolment_request. */
            enrolment_request?: (collegium.v1.EnrolmentRequest.$Properties|null);

            /** Message poll. */
            poll?: (collegium.v1.Poll.$Properties|null);

            /** Message answer. */
            answer?: (collegium.v1.Answer.$Properties|null);

            /** Message refusal. */
            refusal?: (collegium.v1.Refusal.$Properties|null);

            /** Message blob_request. */
            blob_request?: (collegium.v1.BlobRequest.$Properties|null);

            /** Message key_offer. */
            key_offer?: (collegium.v1.KeyOffer.$Properties|null);

            /** Message sealed_shares. */
            sealed_shares?: (collegium.v1.SealedShares.$Properties|null);

            /** Message survivor_signature. */
            survivor_signature?: (collegium.v1.SurvivorSignature.$Properties|null);

            /** Message unmask_shares. */
            unmask_shares?: (collegium.v1.UnmaskShares.$Properties|null);

            /** Message group_commitment. */
            group_commitment?: (collegium.v1.GroupCommitment.$Properties|null);

            /** Message group_contribution. */
            group_contribution?: (collegium.v1.GroupContribution.$Properties|null);

            /** Message key_rotation. */
            key_rotation?: (collegium.v1.KeyRotation.$Properties|null);

            /** Message welcome. */
            welcome?: (collegium.v1.Welcome.$Properties|null);

            /** Message enrolment_status. */
            enrolment_status?: (collegium.v1.EnrolmentStatus.$Properties|null);

            /** Message inbox. */
            inbox?: (collegium.v1.Inbox.$Properties|null);

            /** Message receipt. */
            receipt?: (collegium.v1.Receipt.$Properties|null);

            /** Message blob_chunk. */
            blob_chunk?: (collegium.v1.BlobChunk.$Properties|null);

            /** Message error. */
            error?: (collegium.v1.ErrorReply.$Properties|null);

            /** Message body. */
            body?: ("hello"|"enrolment_request"|"poll"|"answer"|"refusal"|"blob_request"|"key_offer"|"sealed_shares"|"survivor_signature"|"unmask_shares"|"group_commitment"|"group_contribution"|"key_rotation"|"welcome"|"enrolment_status"|"inbox"|"receipt"|"blob_chunk"|"error");

            /**
             * Creates a new Message instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Message instance
             */
            static create(properties: collegium.v1.Message.$Shape): collegium.v1.Message & collegium.v1.Message.$Shape;
            static create(properties?: collegium.v1.Message.$Properties): collegium.v1.Message;

            /**
             * Encodes the specified Message message. Does not implicitly {@link collegium.v1.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Message & collegium.v1.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Message & collegium.v1.Message.$Shape;

            /**
             * Verifies a Message message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Message
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message version */
                version?: (number|null);

                /** Message federation */
                federation?: (Uint8Array|null);

                /** Message sequence */
                sequence?: (number|null);

                /** Message expires_at_ms */
                expires_at_ms?: (number|null);

                /** Message in_reply_to */
                in_reply_to?: (number|null);

                /** Message hello */
                hello?: (collegium.v1.Hello.$Properties|null);

                /** Message enrolment_request */
                enrolment_request?: (collegium.v1.EnrolmentRequest.$Properties|null);

                /** Message poll */
                poll?: (collegium.v1.Poll.$Properties|null);

                /** Message answer */
                answer?: (collegium.v1.Answer.$Properties|null);

                /** Message refusal */
                refusal?: (collegium.v1.Refusal.$Properties|null);

                /** Message blob_request */
                blob_request?: (collegium.v1.BlobRequest.$Properties|null);

                /** Message key_offer */
                key_offer?: (collegium.v1.KeyOffer.$Properties|null);

                /** Message sealed_shares */
                sealed_shares?: (collegium.v1.SealedShares.$Properties|null);

                /** Message survivor_signature */
                survivor_signature?: (collegium.v1.SurvivorSignature.$Properties|null);

                /** Message unmask_shares */
                unmask_shares?: (collegium.v1.UnmaskShares.$Properties|null);

                /** Message group_commitment */
                group_commitment?: (collegium.v1.GroupCommitment.$Properties|null);

                /** Message group_contribution */
                group_contribution?: (collegium.v1.GroupContribution.$Properties|null);

                /** Message key_rotation */
                key_rotation?: (collegium.v1.KeyRotation.$Properties|null);

                /** Message welcome */
                welcome?: (collegium.v1.Welcome.$Properties|null);

                /** Message enrolment_status */
                enrolment_status?: (collegium.v1.EnrolmentStatus.$Properties|null);

                /** Message inbox */
                inbox?: (collegium.v1.Inbox.$Properties|null);

                /** Message receipt */
                receipt?: (collegium.v1.Receipt.$Properties|null);

                /** Message blob_chunk */
                blob_chunk?: (collegium.v1.BlobChunk.$Properties|null);

                /** Message error */
                error?: (collegium.v1.ErrorReply.$Properties|null);

                /** Message body */
                body?: ("hello"|"enrolment_request"|"poll"|"answer"|"refusal"|"blob_request"|"key_offer"|"sealed_shares"|"survivor_signature"|"unmask_shares"|"group_commitment"|"group_contribution"|"key_rotation"|"welcome"|"enrolment_status"|"inbox"|"receipt"|"blob_chunk"|"error");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              version?: number|null;
              federation?: Uint8Array|null;
              sequence?: number|null;
              expires_at_ms?: number|null;
              in_reply_to?: number|null;
              hello?: collegium.v1.Hello.$Shape|null;
              enrolment_request?: collegium.v1.EnrolmentRequest.$Shape|null;
              poll?: collegium.v1.Poll.$Shape|null;
              answer?: collegium.v1.Answer.$Shape|null;
              refusal?: collegium.v1.Refusal.$Shape|null;
              blob_request?: collegium.v1.BlobRequest.$Shape|null;
              key_offer?: collegium.v1.KeyOffer.$Shape|null;
              sealed_shares?: collegium.v1.SealedShares.$Shape|null;
              survivor_signature?: collegium.v1.SurvivorSignature.$Shape|null;
              unmask_shares?: collegium.v1.UnmaskShares.$Shape|null;
              group_commitment?: collegium.v1.GroupCommitment.$Shape|null;
              group_contribution?: collegium.v1.GroupContribution.$Shape|null;
              key_rotation?: collegium.v1.KeyRotation.$Shape|null;
              welcome?: collegium.v1.Welcome.$Shape|null;
              enrolment_status?: collegium.v1.EnrolmentStatus.$Shape|null;
              inbox?: collegium.v1.Inbox.$Shape|null;
              receipt?: collegium.v1.Receipt.$Shape|null;
              blob_chunk?: collegium.v1.BlobChunk.$Shape|null;
              error?: collegium.v1.ErrorReply.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "hello"; hello: collegium.v1.Hello.$Shape; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "enrolment_request"; hello?: null; enrolment_request: collegium.v1.EnrolmentRequest.$Shape; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "poll"; hello?: null; enrolment_request?: null; poll: collegium.v1.Poll.$Shape; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "answer"; hello?: null; enrolment_request?: null; poll?: null; answer: collegium.v1.Answer.$Shape; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "refusal"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal: collegium.v1.Refusal.$Shape; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "blob_request"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request: collegium.v1.BlobRequest.$Shape; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "key_offer"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer: collegium.v1.KeyOffer.$Shape; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "sealed_shares"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares: collegium.v1.SealedShares.$Shape; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "survivor_signature"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature: collegium.v1.SurvivorSignature.$Shape; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "unmask_shares"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares: collegium.v1.UnmaskShares.$Shape; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "group_commitment"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment: collegium.v1.GroupCommitment.$Shape; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "group_contribution"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution: collegium.v1.GroupContribution.$Shape; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "key_rotation"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation: collegium.v1.KeyRotation.$Shape; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "welcome"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome: collegium.v1.Welcome.$Shape; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "enrolment_status"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status: collegium.v1.EnrolmentStatus.$Shape; inbox?: null; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "inbox"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox: collegium.v1.Inbox.$Shape; receipt?: null; blob_chunk?: null; error?: null }|{ body?: "receipt"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt: collegium.v1.Receipt.$Shape; blob_chunk?: null; error?: null }|{ body?: "blob_chunk"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk: collegium.v1.BlobChunk.$Shape; error?: null }|{ body?: "error"; hello?: null; enrolment_request?: null; poll?: null; answer?: null; refusal?: null; blob_request?: null; key_offer?: null; sealed_shares?: null; survivor_signature?: null; unmask_shares?: null; group_commitment?: null; group_contribution?: null; key_rotation?: null; welcome?: null; enrolment_status?: null; inbox?: null; receipt?: null; blob_chunk?: null; error: collegium.v1.ErrorReply.$Shape })
            );
        }

        /**
         * Properties of a Hello.
         * @deprecated Use collegium.v1.Hello.$Properties instead.
         */
        interface IHello extends collegium.v1.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello min_version. */
            min_version: number;

            /** Hello max_version. */
            max_version: number;

            /** Hello software. */
            software: string;

            /** Hello public_key. */
            public_key: Uint8Array;

            /**
             * Creates a new Hello instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Hello instance
             */
            static create(properties: collegium.v1.Hello.$Shape): collegium.v1.Hello & collegium.v1.Hello.$Shape;
            static create(properties?: collegium.v1.Hello.$Properties): collegium.v1.Hello;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link collegium.v1.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Hello & collegium.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Hello & collegium.v1.Hello.$Shape;

            /**
             * Verifies a Hello message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Hello
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello min_version */
                min_version?: (number|null);

                /** Hello max_version */
                max_version?: (number|null);

                /** Hello software */
                software?: (string|null);

                /** Hello public_key */
                public_key?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = collegium.v1.Hello.$Properties;
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use collegium.v1.Welcome.$Properties instead.
         */
        interface IWelcome extends collegium.v1.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome version. */
            version: number;

            /** Welcome public_key. */
            public_key: Uint8Array;

            /** Welcome federation. */
            federation: Uint8Array;

            /** Welcome federation_name. */
            federation_name: string;

            /** Welcome enrolment. */
            enrolment: collegium.v1.EnrolmentState;

            /** Welcome site. */
            site: string;

            /** Welcome rotations. */
            rotations: collegium.v1.CoordinatorKeyRotation.$Properties[];

            /**
             * Creates a new Welcome instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Welcome instance
             */
            static create(properties: collegium.v1.Welcome.$Shape): collegium.v1.Welcome & collegium.v1.Welcome.$Shape;
            static create(properties?: collegium.v1.Welcome.$Properties): collegium.v1.Welcome;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link collegium.v1.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Welcome & collegium.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Welcome & collegium.v1.Welcome.$Shape;

            /**
             * Verifies a Welcome message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Welcome
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome version */
                version?: (number|null);

                /** Welcome public_key */
                public_key?: (Uint8Array|null);

                /** Welcome federation */
                federation?: (Uint8Array|null);

                /** Welcome federation_name */
                federation_name?: (string|null);

                /** Welcome enrolment */
                enrolment?: (collegium.v1.EnrolmentState|null);

                /** Welcome site */
                site?: (string|null);

                /** Welcome rotations */
                rotations?: (collegium.v1.CoordinatorKeyRotation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = collegium.v1.Welcome.$Properties;
        }

        /**
         * Properties of a CoordinatorKeyRotation.
         * @deprecated Use collegium.v1.CoordinatorKeyRotation.$Properties instead.
         */
        interface ICoordinatorKeyRotation extends collegium.v1.CoordinatorKeyRotation.$Properties {
        }

        /** Represents a CoordinatorKeyRotation. */
        class CoordinatorKeyRotation {

            /**
             * Constructs a new CoordinatorKeyRotation.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.CoordinatorKeyRotation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CoordinatorKeyRotation old_key. */
            old_key: Uint8Array;

            /** CoordinatorKeyRotation public_key. */
            public_key: Uint8Array;

            /** CoordinatorKeyRotation signature_by_old. */
            signature_by_old: Uint8Array;

            /** CoordinatorKeyRotation signature_by_new. */
            signature_by_new: Uint8Array;

            /**
             * Creates a new CoordinatorKeyRotation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CoordinatorKeyRotation instance
             */
            static create(properties: collegium.v1.CoordinatorKeyRotation.$Shape): collegium.v1.CoordinatorKeyRotation & collegium.v1.CoordinatorKeyRotation.$Shape;
            static create(properties?: collegium.v1.CoordinatorKeyRotation.$Properties): collegium.v1.CoordinatorKeyRotation;

            /**
             * Encodes the specified CoordinatorKeyRotation message. Does not implicitly {@link collegium.v1.CoordinatorKeyRotation.verify|verify} messages.
             * @param message CoordinatorKeyRotation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.CoordinatorKeyRotation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CoordinatorKeyRotation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.CoordinatorKeyRotation & collegium.v1.CoordinatorKeyRotation.$Shape} CoordinatorKeyRotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.CoordinatorKeyRotation & collegium.v1.CoordinatorKeyRotation.$Shape;

            /**
             * Verifies a CoordinatorKeyRotation message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for CoordinatorKeyRotation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CoordinatorKeyRotation {

            /** Properties of a CoordinatorKeyRotation. */
            interface $Properties {

                /** CoordinatorKeyRotation old_key */
                old_key?: (Uint8Array|null);

                /** CoordinatorKeyRotation public_key */
                public_key?: (Uint8Array|null);

                /** CoordinatorKeyRotation signature_by_old */
                signature_by_old?: (Uint8Array|null);

                /** CoordinatorKeyRotation signature_by_new */
                signature_by_new?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CoordinatorKeyRotation. */
            type $Shape = collegium.v1.CoordinatorKeyRotation.$Properties;
        }

        /** EnrolmentState enum. */
        enum EnrolmentState {

            /** UNKNOWN value */
            UNKNOWN = 0,

            /** PENDING value */
            PENDING = 1,

            /** APPROVED value */
            APPROVED = 2,

            /** REVOKED value */
            REVOKED = 3
        }

        /**
         * Properties of an EnrolmentRequest.
         * @deprecated Use collegium.v1.EnrolmentRequest.$Properties instead.
         */
        interface IEnrolmentRequest extends collegium.v1.EnrolmentRequest.$Properties {
        }

        /** Represents an EnrolmentRequest. */
        class EnrolmentRequest {

            /**
             * Constructs a new EnrolmentRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.EnrolmentRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EnrolmentRequest token. */
            token: Uint8Array;

            /** EnrolmentRequest public_key. */
            public_key: Uint8Array;

            /**
             * Creates a new EnrolmentRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EnrolmentRequest instance
             */
            static create(properties: collegium.v1.EnrolmentRequest.$Shape): collegium.v1.EnrolmentRequest & collegium.v1.EnrolmentRequest.$Shape;
            static create(properties?: collegium.v1.EnrolmentRequest.$Properties): collegium.v1.EnrolmentRequest;

            /**
             * Encodes the specified EnrolmentRequest message. Does not implicitly {@link collegium.v1.EnrolmentRequest.verify|verify} messages.
             * @param message EnrolmentRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.EnrolmentRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EnrolmentRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.EnrolmentRequest & collegium.v1.EnrolmentRequest.$Shape} EnrolmentRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.EnrolmentRequest & collegium.v1.EnrolmentRequest.$Shape;

            /**
             * Verifies an EnrolmentRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for EnrolmentRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace EnrolmentRequest {

            /** Properties of an EnrolmentRequest. */
            interface $Properties {

                /** EnrolmentRequest token */
                token?: (Uint8Array|null);

                /** EnrolmentRequest public_key */
                public_key?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EnrolmentRequest. */
            type $Shape = collegium.v1.EnrolmentRequest.$Properties;
        }

        /**
         * Properties of an EnrolmentStatus.
         * @deprecated Use collegium.v1.EnrolmentStatus.$Properties instead.
         */
        interface IEnrolmentStatus extends collegium.v1.EnrolmentStatus.$Properties {
        }

        /** Represents an EnrolmentStatus. */
        class EnrolmentStatus {

            /**
             * Constructs a new EnrolmentStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.EnrolmentStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EnrolmentStatus state. */
            state: collegium.v1.EnrolmentState;

            /** EnrolmentStatus site. */
            site: string;

            /** EnrolmentStatus schema_hash. */
            schema_hash: Uint8Array;

            /**
             * Creates a new EnrolmentStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EnrolmentStatus instance
             */
            static create(properties: collegium.v1.EnrolmentStatus.$Shape): collegium.v1.EnrolmentStatus & collegium.v1.EnrolmentStatus.$Shape;
            static create(properties?: collegium.v1.EnrolmentStatus.$Properties): collegium.v1.EnrolmentStatus;

            /**
             * Encodes the specified EnrolmentStatus message. Does not implicitly {@link collegium.v1.EnrolmentStatus.verify|verify} messages.
             * @param message EnrolmentStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.EnrolmentStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EnrolmentStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.EnrolmentStatus & collegium.v1.EnrolmentStatus.$Shape} EnrolmentStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.EnrolmentStatus & collegium.v1.EnrolmentStatus.$Shape;

            /**
             * Verifies an EnrolmentStatus message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for EnrolmentStatus
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace EnrolmentStatus {

            /** Properties of an EnrolmentStatus. */
            interface $Properties {

                /** EnrolmentStatus state */
                state?: (collegium.v1.EnrolmentState|null);

                /** EnrolmentStatus site */
                site?: (string|null);

                /** EnrolmentStatus schema_hash */
                schema_hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EnrolmentStatus. */
            type $Shape = collegium.v1.EnrolmentStatus.$Properties;
        }

        /**
         * Properties of a KeyRotation.
         * @deprecated Use collegium.v1.KeyRotation.$Properties instead.
         */
        interface IKeyRotation extends collegium.v1.KeyRotation.$Properties {
        }

        /** Represents a KeyRotation. */
        class KeyRotation {

            /**
             * Constructs a new KeyRotation.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.KeyRotation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeyRotation public_key. */
            public_key: Uint8Array;

            /** KeyRotation signature_by_old. */
            signature_by_old: Uint8Array;

            /** KeyRotation signature_by_new. */
            signature_by_new: Uint8Array;

            /**
             * Creates a new KeyRotation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeyRotation instance
             */
            static create(properties: collegium.v1.KeyRotation.$Shape): collegium.v1.KeyRotation & collegium.v1.KeyRotation.$Shape;
            static create(properties?: collegium.v1.KeyRotation.$Properties): collegium.v1.KeyRotation;

            /**
             * Encodes the specified KeyRotation message. Does not implicitly {@link collegium.v1.KeyRotation.verify|verify} messages.
             * @param message KeyRotation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.KeyRotation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeyRotation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.KeyRotation & collegium.v1.KeyRotation.$Shape} KeyRotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.KeyRotation & collegium.v1.KeyRotation.$Shape;

            /**
             * Verifies a KeyRotation message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for KeyRotation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KeyRotation {

            /** Properties of a KeyRotation. */
            interface $Properties {

                /** KeyRotation public_key */
                public_key?: (Uint8Array|null);

                /** KeyRotation signature_by_old */
                signature_by_old?: (Uint8Array|null);

                /** KeyRotation signature_by_new */
                signature_by_new?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeyRotation. */
            type $Shape = collegium.v1.KeyRotation.$Properties;
        }

        /**
         * Properties of a Poll.
         * @deprecated Use collegium.v1.Poll.$Properties instead.
         */
        interface IPoll extends collegium.v1.Poll.$Properties {
        }

        /** Represents a Poll. */
        class Poll {

            /**
             * Constructs a new Poll.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Poll.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Poll activity. */
            activity: collegium.v1.SiteActivity;

            /** Poll note. */
            note: string;

            /** Poll progress. */
            progress: number;

            /** Poll training_rows. */
            training_rows: number;

            /**
             * Creates a new Poll instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Poll instance
             */
            static create(properties: collegium.v1.Poll.$Shape): collegium.v1.Poll & collegium.v1.Poll.$Shape;
            static create(properties?: collegium.v1.Poll.$Properties): collegium.v1.Poll;

            /**
             * Encodes the specified Poll message. Does not implicitly {@link collegium.v1.Poll.verify|verify} messages.
             * @param message Poll message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Poll.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Poll message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Poll & collegium.v1.Poll.$Shape} Poll
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Poll & collegium.v1.Poll.$Shape;

            /**
             * Verifies a Poll message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Poll
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Poll {

            /** Properties of a Poll. */
            interface $Properties {

                /** Poll activity */
                activity?: (collegium.v1.SiteActivity|null);

                /** Poll note */
                note?: (string|null);

                /** Poll progress */
                progress?: (number|null);

                /** Poll training_rows */
                training_rows?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Poll. */
            type $Shape = collegium.v1.Poll.$Properties;
        }

        /** SiteActivity enum. */
        enum SiteActivity {

            /** IDLE value */
            IDLE = 0,

            /** TRAINING value */
            TRAINING = 1,

            /** ANSWERING value */
            ANSWERING = 2
        }

        /**
         * Properties of an Inbox.
         * @deprecated Use collegium.v1.Inbox.$Properties instead.
         */
        interface IInbox extends collegium.v1.Inbox.$Properties {
        }

        /** Represents an Inbox. */
        class Inbox {

            /**
             * Constructs a new Inbox.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Inbox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Inbox enrolment. */
            enrolment: collegium.v1.EnrolmentState;

            /** Inbox schema_hash. */
            schema_hash: Uint8Array;

            /** Inbox questions. */
            questions: collegium.v1.Question.$Properties[];

            /** Inbox survivor_sets. */
            survivor_sets: collegium.v1.SurvivorSet.$Properties[];

            /** Inbox sums. */
            sums: collegium.v1.SumRevealed.$Properties[];

            /** Inbox students. */
            students: collegium.v1.StudentAnnouncement.$Properties[];

            /** Inbox evaluations. */
            evaluations: collegium.v1.Evaluation.$Properties[];

            /** Inbox masking. */
            masking: collegium.v1.MaskingTask.$Properties[];

            /** Inbox journal. */
            journal?: (collegium.v1.JournalHead.$Properties|null);

            /**
             * Creates a new Inbox instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Inbox instance
             */
            static create(properties: collegium.v1.Inbox.$Shape): collegium.v1.Inbox & collegium.v1.Inbox.$Shape;
            static create(properties?: collegium.v1.Inbox.$Properties): collegium.v1.Inbox;

            /**
             * Encodes the specified Inbox message. Does not implicitly {@link collegium.v1.Inbox.verify|verify} messages.
             * @param message Inbox message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Inbox.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Inbox message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Inbox & collegium.v1.Inbox.$Shape} Inbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Inbox & collegium.v1.Inbox.$Shape;

            /**
             * Verifies an Inbox message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Inbox
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Inbox {

            /** Properties of an Inbox. */
            interface $Properties {

                /** Inbox enrolment */
                enrolment?: (collegium.v1.EnrolmentState|null);

                /** Inbox schema_hash */
                schema_hash?: (Uint8Array|null);

                /** Inbox questions */
                questions?: (collegium.v1.Question.$Properties[]|null);

                /** Inbox survivor_sets */
                survivor_sets?: (collegium.v1.SurvivorSet.$Properties[]|null);

                /** Inbox sums */
                sums?: (collegium.v1.SumRevealed.$Properties[]|null);

                /** Inbox students */
                students?: (collegium.v1.StudentAnnouncement.$Properties[]|null);

                /** Inbox evaluations */
                evaluations?: (collegium.v1.Evaluation.$Properties[]|null);

                /** Inbox masking */
                masking?: (collegium.v1.MaskingTask.$Properties[]|null);

                /** Inbox journal */
                journal?: (collegium.v1.JournalHead.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Inbox. */
            type $Shape = collegium.v1.Inbox.$Properties;
        }

        /**
         * Properties of a Question.
         * @deprecated Use collegium.v1.Question.$Properties instead.
         */
        interface IQuestion extends collegium.v1.Question.$Properties {
        }

        /** Represents a Question. */
        class Question {

            /**
             * Constructs a new Question.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Question.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Question manifest. */
            manifest: Uint8Array;

            /** Question signature. */
            signature: Uint8Array;

            /**
             * Creates a new Question instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Question instance
             */
            static create(properties: collegium.v1.Question.$Shape): collegium.v1.Question & collegium.v1.Question.$Shape;
            static create(properties?: collegium.v1.Question.$Properties): collegium.v1.Question;

            /**
             * Encodes the specified Question message. Does not implicitly {@link collegium.v1.Question.verify|verify} messages.
             * @param message Question message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Question.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Question message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Question & collegium.v1.Question.$Shape} Question
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Question & collegium.v1.Question.$Shape;

            /**
             * Verifies a Question message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Question
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Question {

            /** Properties of a Question. */
            interface $Properties {

                /** Question manifest */
                manifest?: (Uint8Array|null);

                /** Question signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Question. */
            type $Shape = collegium.v1.Question.$Properties;
        }

        /**
         * Properties of a QuestionManifest.
         * @deprecated Use collegium.v1.QuestionManifest.$Properties instead.
         */
        interface IQuestionManifest extends collegium.v1.QuestionManifest.$Properties {
        }

        /** Represents a QuestionManifest. */
        class QuestionManifest {

            /**
             * Constructs a new QuestionManifest.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.QuestionManifest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QuestionManifest version. */
            version: number;

            /** QuestionManifest federation. */
            federation: Uint8Array;

            /** QuestionManifest run. */
            run: string;

            /** QuestionManifest round. */
            round: number;

            /** QuestionManifest purpose. */
            purpose: string;

            /** QuestionManifest roster. */
            roster: collegium.v1.RosterEntry.$Properties[];

            /** QuestionManifest threshold. */
            threshold: number;

            /** QuestionManifest share. */
            share?: (collegium.v1.ShareSpec.$Properties|null);

            /** QuestionManifest transfer. */
            transfer?: (collegium.v1.TransferSlice.$Properties|null);

            /** QuestionManifest student_hashes. */
            student_hashes: Uint8Array[];

            /** QuestionManifest schema_hash. */
            schema_hash: Uint8Array;

            /** QuestionManifest privacy. */
            privacy?: (collegium.v1.PrivacySpec.$Properties|null);

            /** QuestionManifest opened_at_ms. */
            opened_at_ms: number;

            /** QuestionManifest expires_at_ms. */
            expires_at_ms: number;

            /** QuestionManifest nonce. */
            nonce: number;

            /** QuestionManifest revoked. */
            revoked: Uint8Array[];

            /** QuestionManifest journal_head. */
            journal_head?: (collegium.v1.JournalHead.$Properties|null);

            /** QuestionManifest groups. */
            groups?: (collegium.v1.GroupSpec.$Properties|null);

            /** QuestionManifest digest. */
            digest?: (collegium.v1.DigestSpec.$Properties|null);

            /**
             * Creates a new QuestionManifest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QuestionManifest instance
             */
            static create(properties: collegium.v1.QuestionManifest.$Shape): collegium.v1.QuestionManifest & collegium.v1.QuestionManifest.$Shape;
            static create(properties?: collegium.v1.QuestionManifest.$Properties): collegium.v1.QuestionManifest;

            /**
             * Encodes the specified QuestionManifest message. Does not implicitly {@link collegium.v1.QuestionManifest.verify|verify} messages.
             * @param message QuestionManifest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.QuestionManifest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuestionManifest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.QuestionManifest & collegium.v1.QuestionManifest.$Shape} QuestionManifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.QuestionManifest & collegium.v1.QuestionManifest.$Shape;

            /**
             * Verifies a QuestionManifest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for QuestionManifest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace QuestionManifest {

            /** Properties of a QuestionManifest. */
            interface $Properties {

                /** QuestionManifest version */
                version?: (number|null);

                /** QuestionManifest federation */
                federation?: (Uint8Array|null);

                /** QuestionManifest run */
                run?: (string|null);

                /** QuestionManifest round */
                round?: (number|null);

                /** QuestionManifest purpose */
                purpose?: (string|null);

                /** QuestionManifest roster */
                roster?: (collegium.v1.RosterEntry.$Properties[]|null);

                /** QuestionManifest threshold */
                threshold?: (number|null);

                /** QuestionManifest share */
                share?: (collegium.v1.ShareSpec.$Properties|null);

                /** QuestionManifest transfer */
                transfer?: (collegium.v1.TransferSlice.$Properties|null);

                /** QuestionManifest student_hashes */
                student_hashes?: (Uint8Array[]|null);

                /** QuestionManifest schema_hash */
                schema_hash?: (Uint8Array|null);

                /** QuestionManifest privacy */
                privacy?: (collegium.v1.PrivacySpec.$Properties|null);

                /** QuestionManifest opened_at_ms */
                opened_at_ms?: (number|null);

                /** QuestionManifest expires_at_ms */
                expires_at_ms?: (number|null);

                /** QuestionManifest nonce */
                nonce?: (number|null);

                /** QuestionManifest revoked */
                revoked?: (Uint8Array[]|null);

                /** QuestionManifest journal_head */
                journal_head?: (collegium.v1.JournalHead.$Properties|null);

                /** QuestionManifest groups */
                groups?: (collegium.v1.GroupSpec.$Properties|null);

                /** QuestionManifest digest */
                digest?: (collegium.v1.DigestSpec.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QuestionManifest. */
            type $Shape = collegium.v1.QuestionManifest.$Properties;
        }

        /**
         * Properties of a DigestSpec.
         * @deprecated Use collegium.v1.DigestSpec.$Properties instead.
         */
        interface IDigestSpec extends collegium.v1.DigestSpec.$Properties {
        }

        /** Represents a DigestSpec. */
        class DigestSpec {

            /**
             * Constructs a new DigestSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.DigestSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DigestSpec hash. */
            hash: Uint8Array;

            /** DigestSpec epochs. */
            epochs: number;

            /**
             * Creates a new DigestSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DigestSpec instance
             */
            static create(properties: collegium.v1.DigestSpec.$Shape): collegium.v1.DigestSpec & collegium.v1.DigestSpec.$Shape;
            static create(properties?: collegium.v1.DigestSpec.$Properties): collegium.v1.DigestSpec;

            /**
             * Encodes the specified DigestSpec message. Does not implicitly {@link collegium.v1.DigestSpec.verify|verify} messages.
             * @param message DigestSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.DigestSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DigestSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.DigestSpec & collegium.v1.DigestSpec.$Shape} DigestSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.DigestSpec & collegium.v1.DigestSpec.$Shape;

            /**
             * Verifies a DigestSpec message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for DigestSpec
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DigestSpec {

            /** Properties of a DigestSpec. */
            interface $Properties {

                /** DigestSpec hash */
                hash?: (Uint8Array|null);

                /** DigestSpec epochs */
                epochs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DigestSpec. */
            type $Shape = collegium.v1.DigestSpec.$Properties;
        }

        /**
         * Properties of a GroupSpec.
         * @deprecated Use collegium.v1.GroupSpec.$Properties instead.
         */
        interface IGroupSpec extends collegium.v1.GroupSpec.$Properties {
        }

        /** Represents a GroupSpec. */
        class GroupSpec {

            /**
             * Constructs a new GroupSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.GroupSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GroupSpec smallest. */
            smallest: number;

            /**
             * Creates a new GroupSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GroupSpec instance
             */
            static create(properties: collegium.v1.GroupSpec.$Shape): collegium.v1.GroupSpec & collegium.v1.GroupSpec.$Shape;
            static create(properties?: collegium.v1.GroupSpec.$Properties): collegium.v1.GroupSpec;

            /**
             * Encodes the specified GroupSpec message. Does not implicitly {@link collegium.v1.GroupSpec.verify|verify} messages.
             * @param message GroupSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.GroupSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GroupSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.GroupSpec & collegium.v1.GroupSpec.$Shape} GroupSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.GroupSpec & collegium.v1.GroupSpec.$Shape;

            /**
             * Verifies a GroupSpec message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for GroupSpec
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GroupSpec {

            /** Properties of a GroupSpec. */
            interface $Properties {

                /** GroupSpec smallest */
                smallest?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GroupSpec. */
            type $Shape = collegium.v1.GroupSpec.$Properties;
        }

        /**
         * Properties of a RosterEntry.
         * @deprecated Use collegium.v1.RosterEntry.$Properties instead.
         */
        interface IRosterEntry extends collegium.v1.RosterEntry.$Properties {
        }

        /** Represents a RosterEntry. */
        class RosterEntry {

            /**
             * Constructs a new RosterEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.RosterEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RosterEntry site. */
            site: string;

            /** RosterEntry public_key. */
            public_key: Uint8Array;

            /**
             * Creates a new RosterEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RosterEntry instance
             */
            static create(properties: collegium.v1.RosterEntry.$Shape): collegium.v1.RosterEntry & collegium.v1.RosterEntry.$Shape;
            static create(properties?: collegium.v1.RosterEntry.$Properties): collegium.v1.RosterEntry;

            /**
             * Encodes the specified RosterEntry message. Does not implicitly {@link collegium.v1.RosterEntry.verify|verify} messages.
             * @param message RosterEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.RosterEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RosterEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.RosterEntry & collegium.v1.RosterEntry.$Shape} RosterEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.RosterEntry & collegium.v1.RosterEntry.$Shape;

            /**
             * Verifies a RosterEntry message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for RosterEntry
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RosterEntry {

            /** Properties of a RosterEntry. */
            interface $Properties {

                /** RosterEntry site */
                site?: (string|null);

                /** RosterEntry public_key */
                public_key?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RosterEntry. */
            type $Shape = collegium.v1.RosterEntry.$Properties;
        }

        /**
         * Properties of a ShareSpec.
         * @deprecated Use collegium.v1.ShareSpec.$Properties instead.
         */
        interface IShareSpec extends collegium.v1.ShareSpec.$Properties {
        }

        /** Represents a ShareSpec. */
        class ShareSpec {

            /**
             * Constructs a new ShareSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.ShareSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShareSpec kind. */
            kind: string;

            /** ShareSpec rows. */
            rows: number;

            /** ShareSpec outputs. */
            outputs: number;

            /** ShareSpec length. */
            length: number;

            /** ShareSpec scale. */
            scale: number;

            /** ShareSpec clip. */
            clip: number;

            /** ShareSpec temperature. */
            temperature: number;

            /** ShareSpec word_bits. */
            word_bits: number;

            /** ShareSpec top. */
            top: number;

            /** ShareSpec heads. */
            heads: number[];

            /**
             * Creates a new ShareSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ShareSpec instance
             */
            static create(properties: collegium.v1.ShareSpec.$Shape): collegium.v1.ShareSpec & collegium.v1.ShareSpec.$Shape;
            static create(properties?: collegium.v1.ShareSpec.$Properties): collegium.v1.ShareSpec;

            /**
             * Encodes the specified ShareSpec message. Does not implicitly {@link collegium.v1.ShareSpec.verify|verify} messages.
             * @param message ShareSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.ShareSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShareSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.ShareSpec & collegium.v1.ShareSpec.$Shape} ShareSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.ShareSpec & collegium.v1.ShareSpec.$Shape;

            /**
             * Verifies a ShareSpec message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for ShareSpec
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ShareSpec {

            /** Properties of a ShareSpec. */
            interface $Properties {

                /** ShareSpec kind */
                kind?: (string|null);

                /** ShareSpec rows */
                rows?: (number|null);

                /** ShareSpec outputs */
                outputs?: (number|null);

                /** ShareSpec length */
                length?: (number|null);

                /** ShareSpec scale */
                scale?: (number|null);

                /** ShareSpec clip */
                clip?: (number|null);

                /** ShareSpec temperature */
                temperature?: (number|null);

                /** ShareSpec word_bits */
                word_bits?: (number|null);

                /** ShareSpec top */
                top?: (number|null);

                /** ShareSpec heads */
                heads?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShareSpec. */
            type $Shape = collegium.v1.ShareSpec.$Properties;
        }

        /**
         * Properties of a TransferSlice.
         * @deprecated Use collegium.v1.TransferSlice.$Properties instead.
         */
        interface ITransferSlice extends collegium.v1.TransferSlice.$Properties {
        }

        /** Represents a TransferSlice. */
        class TransferSlice {

            /**
             * Constructs a new TransferSlice.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.TransferSlice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TransferSlice hash. */
            hash: Uint8Array;

            /** TransferSlice format. */
            format: string;

            /** TransferSlice rows. */
            rows: number;

            /** TransferSlice first_row. */
            first_row: number;

            /** TransferSlice row_count. */
            row_count: number;

            /** TransferSlice labels_hash. */
            labels_hash: Uint8Array;

            /** TransferSlice bitmap. */
            bitmap: Uint8Array;

            /**
             * Creates a new TransferSlice instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TransferSlice instance
             */
            static create(properties: collegium.v1.TransferSlice.$Shape): collegium.v1.TransferSlice & collegium.v1.TransferSlice.$Shape;
            static create(properties?: collegium.v1.TransferSlice.$Properties): collegium.v1.TransferSlice;

            /**
             * Encodes the specified TransferSlice message. Does not implicitly {@link collegium.v1.TransferSlice.verify|verify} messages.
             * @param message TransferSlice message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.TransferSlice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TransferSlice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.TransferSlice & collegium.v1.TransferSlice.$Shape} TransferSlice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.TransferSlice & collegium.v1.TransferSlice.$Shape;

            /**
             * Verifies a TransferSlice message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for TransferSlice
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TransferSlice {

            /** Properties of a TransferSlice. */
            interface $Properties {

                /** TransferSlice hash */
                hash?: (Uint8Array|null);

                /** TransferSlice format */
                format?: (string|null);

                /** TransferSlice rows */
                rows?: (number|null);

                /** TransferSlice first_row */
                first_row?: (number|null);

                /** TransferSlice row_count */
                row_count?: (number|null);

                /** TransferSlice labels_hash */
                labels_hash?: (Uint8Array|null);

                /** TransferSlice bitmap */
                bitmap?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TransferSlice. */
            type $Shape = collegium.v1.TransferSlice.$Properties;
        }

        /**
         * Properties of a PrivacySpec.
         * @deprecated Use collegium.v1.PrivacySpec.$Properties instead.
         */
        interface IPrivacySpec extends collegium.v1.PrivacySpec.$Properties {
        }

        /** Represents a PrivacySpec. */
        class PrivacySpec {

            /**
             * Constructs a new PrivacySpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.PrivacySpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PrivacySpec mode. */
            mode: string;

            /** PrivacySpec campaign. */
            campaign: number;

            /** PrivacySpec promise. */
            promise?: (collegium.v1.PrivacyPromise.$Properties|null);

            /** PrivacySpec noise. */
            noise?: (collegium.v1.NoiseSpec.$Properties|null);

            /**
             * Creates a new PrivacySpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PrivacySpec instance
             */
            static create(properties: collegium.v1.PrivacySpec.$Shape): collegium.v1.PrivacySpec & collegium.v1.PrivacySpec.$Shape;
            static create(properties?: collegium.v1.PrivacySpec.$Properties): collegium.v1.PrivacySpec;

            /**
             * Encodes the specified PrivacySpec message. Does not implicitly {@link collegium.v1.PrivacySpec.verify|verify} messages.
             * @param message PrivacySpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.PrivacySpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PrivacySpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.PrivacySpec & collegium.v1.PrivacySpec.$Shape} PrivacySpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.PrivacySpec & collegium.v1.PrivacySpec.$Shape;

            /**
             * Verifies a PrivacySpec message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for PrivacySpec
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PrivacySpec {

            /** Properties of a PrivacySpec. */
            interface $Properties {

                /** PrivacySpec mode */
                mode?: (string|null);

                /** PrivacySpec campaign */
                campaign?: (number|null);

                /** PrivacySpec promise */
                promise?: (collegium.v1.PrivacyPromise.$Properties|null);

                /** PrivacySpec noise */
                noise?: (collegium.v1.NoiseSpec.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PrivacySpec. */
            type $Shape = collegium.v1.PrivacySpec.$Properties;
        }

        /**
         * Properties of a PrivacyPromise.
         * @deprecated Use collegium.v1.PrivacyPromise.$Properties instead.
         */
        interface IPrivacyPromise extends collegium.v1.PrivacyPromise.$Properties {
        }

        /** Represents a PrivacyPromise. */
        class PrivacyPromise {

            /**
             * Constructs a new PrivacyPromise.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.PrivacyPromise.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PrivacyPromise epsilon. */
            epsilon: number;

            /** PrivacyPromise delta. */
            delta: number;

            /** PrivacyPromise unit. */
            unit: string;

            /**
             * Creates a new PrivacyPromise instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PrivacyPromise instance
             */
            static create(properties: collegium.v1.PrivacyPromise.$Shape): collegium.v1.PrivacyPromise & collegium.v1.PrivacyPromise.$Shape;
            static create(properties?: collegium.v1.PrivacyPromise.$Properties): collegium.v1.PrivacyPromise;

            /**
             * Encodes the specified PrivacyPromise message. Does not implicitly {@link collegium.v1.PrivacyPromise.verify|verify} messages.
             * @param message PrivacyPromise message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.PrivacyPromise.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PrivacyPromise message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.PrivacyPromise & collegium.v1.PrivacyPromise.$Shape} PrivacyPromise
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.PrivacyPromise & collegium.v1.PrivacyPromise.$Shape;

            /**
             * Verifies a PrivacyPromise message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for PrivacyPromise
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PrivacyPromise {

            /** Properties of a PrivacyPromise. */
            interface $Properties {

                /** PrivacyPromise epsilon */
                epsilon?: (number|null);

                /** PrivacyPromise delta */
                delta?: (number|null);

                /** PrivacyPromise unit */
                unit?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PrivacyPromise. */
            type $Shape = collegium.v1.PrivacyPromise.$Properties;
        }

        /**
         * Properties of a NoiseSpec.
         * @deprecated Use collegium.v1.NoiseSpec.$Properties instead.
         */
        interface INoiseSpec extends collegium.v1.NoiseSpec.$Properties {
        }

        /** Represents a NoiseSpec. */
        class NoiseSpec {

            /**
             * Constructs a new NoiseSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.NoiseSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NoiseSpec std_dev. */
            std_dev: number;

            /** NoiseSpec members. */
            members: number;

            /** NoiseSpec colluders. */
            colluders: number;

            /**
             * Creates a new NoiseSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NoiseSpec instance
             */
            static create(properties: collegium.v1.NoiseSpec.$Shape): collegium.v1.NoiseSpec & collegium.v1.NoiseSpec.$Shape;
            static create(properties?: collegium.v1.NoiseSpec.$Properties): collegium.v1.NoiseSpec;

            /**
             * Encodes the specified NoiseSpec message. Does not implicitly {@link collegium.v1.NoiseSpec.verify|verify} messages.
             * @param message NoiseSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.NoiseSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NoiseSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.NoiseSpec & collegium.v1.NoiseSpec.$Shape} NoiseSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.NoiseSpec & collegium.v1.NoiseSpec.$Shape;

            /**
             * Verifies a NoiseSpec message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for NoiseSpec
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NoiseSpec {

            /** Properties of a NoiseSpec. */
            interface $Properties {

                /** NoiseSpec std_dev */
                std_dev?: (number|null);

                /** NoiseSpec members */
                members?: (number|null);

                /** NoiseSpec colluders */
                colluders?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NoiseSpec. */
            type $Shape = collegium.v1.NoiseSpec.$Properties;
        }

        /**
         * Properties of an Answer.
         * @deprecated Use collegium.v1.Answer.$Properties instead.
         */
        interface IAnswer extends collegium.v1.Answer.$Properties {
        }

        /** Represents an Answer. */
        class Answer {

            /**
             * Constructs a new Answer.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Answer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Answer question. */
            question: Uint8Array;

            /** Answer share. */
            share: Uint8Array;

            /** Answer journal. */
            journal?: (collegium.v1.JournalHead.$Properties|null);

            /** Answer commitment. */
            commitment: Uint8Array;

            /**
             * Creates a new Answer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Answer instance
             */
            static create(properties: collegium.v1.Answer.$Shape): collegium.v1.Answer & collegium.v1.Answer.$Shape;
            static create(properties?: collegium.v1.Answer.$Properties): collegium.v1.Answer;

            /**
             * Encodes the specified Answer message. Does not implicitly {@link collegium.v1.Answer.verify|verify} messages.
             * @param message Answer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Answer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Answer & collegium.v1.Answer.$Shape} Answer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Answer & collegium.v1.Answer.$Shape;

            /**
             * Verifies an Answer message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Answer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Answer {

            /** Properties of an Answer. */
            interface $Properties {

                /** Answer question */
                question?: (Uint8Array|null);

                /** Answer share */
                share?: (Uint8Array|null);

                /** Answer journal */
                journal?: (collegium.v1.JournalHead.$Properties|null);

                /** Answer commitment */
                commitment?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Answer. */
            type $Shape = collegium.v1.Answer.$Properties;
        }

        /**
         * Properties of a JournalHead.
         * @deprecated Use collegium.v1.JournalHead.$Properties instead.
         */
        interface IJournalHead extends collegium.v1.JournalHead.$Properties {
        }

        /** Represents a JournalHead. */
        class JournalHead {

            /**
             * Constructs a new JournalHead.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.JournalHead.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JournalHead sequence. */
            sequence: number;

            /** JournalHead hash. */
            hash: Uint8Array;

            /**
             * Creates a new JournalHead instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JournalHead instance
             */
            static create(properties: collegium.v1.JournalHead.$Shape): collegium.v1.JournalHead & collegium.v1.JournalHead.$Shape;
            static create(properties?: collegium.v1.JournalHead.$Properties): collegium.v1.JournalHead;

            /**
             * Encodes the specified JournalHead message. Does not implicitly {@link collegium.v1.JournalHead.verify|verify} messages.
             * @param message JournalHead message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.JournalHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JournalHead message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.JournalHead & collegium.v1.JournalHead.$Shape} JournalHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.JournalHead & collegium.v1.JournalHead.$Shape;

            /**
             * Verifies a JournalHead message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for JournalHead
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace JournalHead {

            /** Properties of a JournalHead. */
            interface $Properties {

                /** JournalHead sequence */
                sequence?: (number|null);

                /** JournalHead hash */
                hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JournalHead. */
            type $Shape = collegium.v1.JournalHead.$Properties;
        }

        /**
         * Properties of a MaskingTask.
         * @deprecated Use collegium.v1.MaskingTask.$Properties instead.
         */
        interface IMaskingTask extends collegium.v1.MaskingTask.$Properties {
        }

        /** Represents a MaskingTask. */
        class MaskingTask {

            /**
             * Constructs a new MaskingTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.MaskingTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MaskingTask question. */
            question: Uint8Array;

            /** MaskingTask stage. */
            stage: collegium.v1.MaskingStage;

            /** MaskingTask keys. */
            keys: collegium.v1.KeyOfSite.$Properties[];

            /** MaskingTask shares. */
            shares: collegium.v1.SealedShare.$Properties[];

            /** MaskingTask survivors. */
            survivors: string[];

            /** MaskingTask signatures. */
            signatures: collegium.v1.SignatureOfSite.$Properties[];

            /** MaskingTask view. */
            view: Uint8Array;

            /** MaskingTask contributions. */
            contributions: collegium.v1.ContributionOfSite.$Properties[];

            /**
             * Creates a new MaskingTask instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MaskingTask instance
             */
            static create(properties: collegium.v1.MaskingTask.$Shape): collegium.v1.MaskingTask & collegium.v1.MaskingTask.$Shape;
            static create(properties?: collegium.v1.MaskingTask.$Properties): collegium.v1.MaskingTask;

            /**
             * Encodes the specified MaskingTask message. Does not implicitly {@link collegium.v1.MaskingTask.verify|verify} messages.
             * @param message MaskingTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.MaskingTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MaskingTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.MaskingTask & collegium.v1.MaskingTask.$Shape} MaskingTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.MaskingTask & collegium.v1.MaskingTask.$Shape;

            /**
             * Verifies a MaskingTask message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for MaskingTask
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MaskingTask {

            /** Properties of a MaskingTask. */
            interface $Properties {

                /** MaskingTask question */
                question?: (Uint8Array|null);

                /** MaskingTask stage */
                stage?: (collegium.v1.MaskingStage|null);

                /** MaskingTask keys */
                keys?: (collegium.v1.KeyOfSite.$Properties[]|null);

                /** MaskingTask shares */
                shares?: (collegium.v1.SealedShare.$Properties[]|null);

                /** MaskingTask survivors */
                survivors?: (string[]|null);

                /** MaskingTask signatures */
                signatures?: (collegium.v1.SignatureOfSite.$Properties[]|null);

                /** MaskingTask view */
                view?: (Uint8Array|null);

                /** MaskingTask contributions */
                contributions?: (collegium.v1.ContributionOfSite.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MaskingTask. */
            type $Shape = collegium.v1.MaskingTask.$Properties;
        }

        /** MaskingStage enum. */
        enum MaskingStage {

            /** COMMITS value */
            COMMITS = 0,

            /** REVEALS value */
            REVEALS = 1,

            /** KEYS value */
            KEYS = 2,

            /** SHARES value */
            SHARES = 3,

            /** ANSWERS value */
            ANSWERS = 4,

            /** SIGNATURES value */
            SIGNATURES = 5,

            /** UNMASKING value */
            UNMASKING = 6
        }

        /**
         * Properties of a GroupCommitment.
         * @deprecated Use collegium.v1.GroupCommitment.$Properties instead.
         */
        interface IGroupCommitment extends collegium.v1.GroupCommitment.$Properties {
        }

        /** Represents a GroupCommitment. */
        class GroupCommitment {

            /**
             * Constructs a new GroupCommitment.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.GroupCommitment.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GroupCommitment question. */
            question: Uint8Array;

            /** GroupCommitment commitment. */
            commitment: Uint8Array;

            /**
             * Creates a new GroupCommitment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GroupCommitment instance
             */
            static create(properties: collegium.v1.GroupCommitment.$Shape): collegium.v1.GroupCommitment & collegium.v1.GroupCommitment.$Shape;
            static create(properties?: collegium.v1.GroupCommitment.$Properties): collegium.v1.GroupCommitment;

            /**
             * Encodes the specified GroupCommitment message. Does not implicitly {@link collegium.v1.GroupCommitment.verify|verify} messages.
             * @param message GroupCommitment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.GroupCommitment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GroupCommitment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.GroupCommitment & collegium.v1.GroupCommitment.$Shape} GroupCommitment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.GroupCommitment & collegium.v1.GroupCommitment.$Shape;

            /**
             * Verifies a GroupCommitment message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for GroupCommitment
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GroupCommitment {

            /** Properties of a GroupCommitment. */
            interface $Properties {

                /** GroupCommitment question */
                question?: (Uint8Array|null);

                /** GroupCommitment commitment */
                commitment?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GroupCommitment. */
            type $Shape = collegium.v1.GroupCommitment.$Properties;
        }

        /**
         * Properties of a GroupContribution.
         * @deprecated Use collegium.v1.GroupContribution.$Properties instead.
         */
        interface IGroupContribution extends collegium.v1.GroupContribution.$Properties {
        }

        /** Represents a GroupContribution. */
        class GroupContribution {

            /**
             * Constructs a new GroupContribution.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.GroupContribution.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GroupContribution question. */
            question: Uint8Array;

            /** GroupContribution contribution. */
            contribution: Uint8Array;

            /**
             * Creates a new GroupContribution instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GroupContribution instance
             */
            static create(properties: collegium.v1.GroupContribution.$Shape): collegium.v1.GroupContribution & collegium.v1.GroupContribution.$Shape;
            static create(properties?: collegium.v1.GroupContribution.$Properties): collegium.v1.GroupContribution;

            /**
             * Encodes the specified GroupContribution message. Does not implicitly {@link collegium.v1.GroupContribution.verify|verify} messages.
             * @param message GroupContribution message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.GroupContribution.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GroupContribution message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.GroupContribution & collegium.v1.GroupContribution.$Shape} GroupContribution
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.GroupContribution & collegium.v1.GroupContribution.$Shape;

            /**
             * Verifies a GroupContribution message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for GroupContribution
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GroupContribution {

            /** Properties of a GroupContribution. */
            interface $Properties {

                /** GroupContribution question */
                question?: (Uint8Array|null);

                /** GroupContribution contribution */
                contribution?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GroupContribution. */
            type $Shape = collegium.v1.GroupContribution.$Properties;
        }

        /**
         * Properties of a ContributionOfSite.
         * @deprecated Use collegium.v1.ContributionOfSite.$Properties instead.
         */
        interface IContributionOfSite extends collegium.v1.ContributionOfSite.$Properties {
        }

        /** Represents a ContributionOfSite. */
        class ContributionOfSite {

            /**
             * Constructs a new ContributionOfSite.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.ContributionOfSite.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContributionOfSite site. */
            site: string;

            /** ContributionOfSite value. */
            value: Uint8Array;

            /**
             * Creates a new ContributionOfSite instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContributionOfSite instance
             */
            static create(properties: collegium.v1.ContributionOfSite.$Shape): collegium.v1.ContributionOfSite & collegium.v1.ContributionOfSite.$Shape;
            static create(properties?: collegium.v1.ContributionOfSite.$Properties): collegium.v1.ContributionOfSite;

            /**
             * Encodes the specified ContributionOfSite message. Does not implicitly {@link collegium.v1.ContributionOfSite.verify|verify} messages.
             * @param message ContributionOfSite message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.ContributionOfSite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContributionOfSite message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.ContributionOfSite & collegium.v1.ContributionOfSite.$Shape} ContributionOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.ContributionOfSite & collegium.v1.ContributionOfSite.$Shape;

            /**
             * Verifies a ContributionOfSite message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for ContributionOfSite
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ContributionOfSite {

            /** Properties of a ContributionOfSite. */
            interface $Properties {

                /** ContributionOfSite site */
                site?: (string|null);

                /** ContributionOfSite value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContributionOfSite. */
            type $Shape = collegium.v1.ContributionOfSite.$Properties;
        }

        /**
         * Properties of a KeyOffer.
         * @deprecated Use collegium.v1.KeyOffer.$Properties instead.
         */
        interface IKeyOffer extends collegium.v1.KeyOffer.$Properties {
        }

        /** Represents a KeyOffer. */
        class KeyOffer {

            /**
             * Constructs a new KeyOffer.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.KeyOffer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeyOffer question. */
            question: Uint8Array;

            /** KeyOffer mask_key. */
            mask_key: Uint8Array;

            /** KeyOffer encryption_key. */
            encryption_key: Uint8Array;

            /** KeyOffer signature. */
            signature: Uint8Array;

            /**
             * Creates a new KeyOffer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeyOffer instance
             */
            static create(properties: collegium.v1.KeyOffer.$Shape): collegium.v1.KeyOffer & collegium.v1.KeyOffer.$Shape;
            static create(properties?: collegium.v1.KeyOffer.$Properties): collegium.v1.KeyOffer;

            /**
             * Encodes the specified KeyOffer message. Does not implicitly {@link collegium.v1.KeyOffer.verify|verify} messages.
             * @param message KeyOffer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.KeyOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeyOffer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.KeyOffer & collegium.v1.KeyOffer.$Shape} KeyOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.KeyOffer & collegium.v1.KeyOffer.$Shape;

            /**
             * Verifies a KeyOffer message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for KeyOffer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KeyOffer {

            /** Properties of a KeyOffer. */
            interface $Properties {

                /** KeyOffer question */
                question?: (Uint8Array|null);

                /** KeyOffer mask_key */
                mask_key?: (Uint8Array|null);

                /** KeyOffer encryption_key */
                encryption_key?: (Uint8Array|null);

                /** KeyOffer signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeyOffer. */
            type $Shape = collegium.v1.KeyOffer.$Properties;
        }

        /**
         * Properties of a KeyOfSite.
         * @deprecated Use collegium.v1.KeyOfSite.$Properties instead.
         */
        interface IKeyOfSite extends collegium.v1.KeyOfSite.$Properties {
        }

        /** Represents a KeyOfSite. */
        class KeyOfSite {

            /**
             * Constructs a new KeyOfSite.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.KeyOfSite.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeyOfSite site. */
            site: string;

            /** KeyOfSite mask_key. */
            mask_key: Uint8Array;

            /** KeyOfSite encryption_key. */
            encryption_key: Uint8Array;

            /** KeyOfSite signature. */
            signature: Uint8Array;

            /**
             * Creates a new KeyOfSite instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeyOfSite instance
             */
            static create(properties: collegium.v1.KeyOfSite.$Shape): collegium.v1.KeyOfSite & collegium.v1.KeyOfSite.$Shape;
            static create(properties?: collegium.v1.KeyOfSite.$Properties): collegium.v1.KeyOfSite;

            /**
             * Encodes the specified KeyOfSite message. Does not implicitly {@link collegium.v1.KeyOfSite.verify|verify} messages.
             * @param message KeyOfSite message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.KeyOfSite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeyOfSite message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.KeyOfSite & collegium.v1.KeyOfSite.$Shape} KeyOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.KeyOfSite & collegium.v1.KeyOfSite.$Shape;

            /**
             * Verifies a KeyOfSite message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for KeyOfSite
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KeyOfSite {

            /** Properties of a KeyOfSite. */
            interface $Properties {

                /** KeyOfSite site */
                site?: (string|null);

                /** KeyOfSite mask_key */
                mask_key?: (Uint8Array|null);

                /** KeyOfSite encryption_key */
                encryption_key?: (Uint8Array|null);

                /** KeyOfSite signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeyOfSite. */
            type $Shape = collegium.v1.KeyOfSite.$Properties;
        }

        /**
         * Properties of a SealedShares.
         * @deprecated Use collegium.v1.SealedShares.$Properties instead.
         */
        interface ISealedShares extends collegium.v1.SealedShares.$Properties {
        }

        /** Represents a SealedShares. */
        class SealedShares {

            /**
             * Constructs a new SealedShares.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SealedShares.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedShares question. */
            question: Uint8Array;

            /** SealedShares shares. */
            shares: collegium.v1.SealedShare.$Properties[];

            /**
             * Creates a new SealedShares instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SealedShares instance
             */
            static create(properties: collegium.v1.SealedShares.$Shape): collegium.v1.SealedShares & collegium.v1.SealedShares.$Shape;
            static create(properties?: collegium.v1.SealedShares.$Properties): collegium.v1.SealedShares;

            /**
             * Encodes the specified SealedShares message. Does not implicitly {@link collegium.v1.SealedShares.verify|verify} messages.
             * @param message SealedShares message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SealedShares.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedShares message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SealedShares & collegium.v1.SealedShares.$Shape} SealedShares
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SealedShares & collegium.v1.SealedShares.$Shape;

            /**
             * Verifies a SealedShares message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SealedShares
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SealedShares {

            /** Properties of a SealedShares. */
            interface $Properties {

                /** SealedShares question */
                question?: (Uint8Array|null);

                /** SealedShares shares */
                shares?: (collegium.v1.SealedShare.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedShares. */
            type $Shape = collegium.v1.SealedShares.$Properties;
        }

        /**
         * Properties of a SealedShare.
         * @deprecated Use collegium.v1.SealedShare.$Properties instead.
         */
        interface ISealedShare extends collegium.v1.SealedShare.$Properties {
        }

        /** Represents a SealedShare. */
        class SealedShare {

            /**
             * Constructs a new SealedShare.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SealedShare.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedShare site. */
            site: string;

            /** SealedShare sealed. */
            sealed: Uint8Array;

            /**
             * Creates a new SealedShare instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SealedShare instance
             */
            static create(properties: collegium.v1.SealedShare.$Shape): collegium.v1.SealedShare & collegium.v1.SealedShare.$Shape;
            static create(properties?: collegium.v1.SealedShare.$Properties): collegium.v1.SealedShare;

            /**
             * Encodes the specified SealedShare message. Does not implicitly {@link collegium.v1.SealedShare.verify|verify} messages.
             * @param message SealedShare message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SealedShare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedShare message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SealedShare & collegium.v1.SealedShare.$Shape} SealedShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SealedShare & collegium.v1.SealedShare.$Shape;

            /**
             * Verifies a SealedShare message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SealedShare
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SealedShare {

            /** Properties of a SealedShare. */
            interface $Properties {

                /** SealedShare site */
                site?: (string|null);

                /** SealedShare sealed */
                sealed?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedShare. */
            type $Shape = collegium.v1.SealedShare.$Properties;
        }

        /**
         * Properties of a SurvivorSignature.
         * @deprecated Use collegium.v1.SurvivorSignature.$Properties instead.
         */
        interface ISurvivorSignature extends collegium.v1.SurvivorSignature.$Properties {
        }

        /** Represents a SurvivorSignature. */
        class SurvivorSignature {

            /**
             * Constructs a new SurvivorSignature.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SurvivorSignature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SurvivorSignature question. */
            question: Uint8Array;

            /** SurvivorSignature signature. */
            signature: Uint8Array;

            /**
             * Creates a new SurvivorSignature instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SurvivorSignature instance
             */
            static create(properties: collegium.v1.SurvivorSignature.$Shape): collegium.v1.SurvivorSignature & collegium.v1.SurvivorSignature.$Shape;
            static create(properties?: collegium.v1.SurvivorSignature.$Properties): collegium.v1.SurvivorSignature;

            /**
             * Encodes the specified SurvivorSignature message. Does not implicitly {@link collegium.v1.SurvivorSignature.verify|verify} messages.
             * @param message SurvivorSignature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SurvivorSignature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SurvivorSignature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SurvivorSignature & collegium.v1.SurvivorSignature.$Shape} SurvivorSignature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SurvivorSignature & collegium.v1.SurvivorSignature.$Shape;

            /**
             * Verifies a SurvivorSignature message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SurvivorSignature
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SurvivorSignature {

            /** Properties of a SurvivorSignature. */
            interface $Properties {

                /** SurvivorSignature question */
                question?: (Uint8Array|null);

                /** SurvivorSignature signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SurvivorSignature. */
            type $Shape = collegium.v1.SurvivorSignature.$Properties;
        }

        /**
         * Properties of a SignatureOfSite.
         * @deprecated Use collegium.v1.SignatureOfSite.$Properties instead.
         */
        interface ISignatureOfSite extends collegium.v1.SignatureOfSite.$Properties {
        }

        /** Represents a SignatureOfSite. */
        class SignatureOfSite {

            /**
             * Constructs a new SignatureOfSite.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SignatureOfSite.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignatureOfSite site. */
            site: string;

            /** SignatureOfSite signature. */
            signature: Uint8Array;

            /**
             * Creates a new SignatureOfSite instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SignatureOfSite instance
             */
            static create(properties: collegium.v1.SignatureOfSite.$Shape): collegium.v1.SignatureOfSite & collegium.v1.SignatureOfSite.$Shape;
            static create(properties?: collegium.v1.SignatureOfSite.$Properties): collegium.v1.SignatureOfSite;

            /**
             * Encodes the specified SignatureOfSite message. Does not implicitly {@link collegium.v1.SignatureOfSite.verify|verify} messages.
             * @param message SignatureOfSite message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SignatureOfSite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignatureOfSite message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SignatureOfSite & collegium.v1.SignatureOfSite.$Shape} SignatureOfSite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SignatureOfSite & collegium.v1.SignatureOfSite.$Shape;

            /**
             * Verifies a SignatureOfSite message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SignatureOfSite
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SignatureOfSite {

            /** Properties of a SignatureOfSite. */
            interface $Properties {

                /** SignatureOfSite site */
                site?: (string|null);

                /** SignatureOfSite signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignatureOfSite. */
            type $Shape = collegium.v1.SignatureOfSite.$Properties;
        }

        /**
         * Properties of an UnmaskShares.
         * @deprecated Use collegium.v1.UnmaskShares.$Properties instead.
         */
        interface IUnmaskShares extends collegium.v1.UnmaskShares.$Properties {
        }

        /** Represents an UnmaskShares. */
        class UnmaskShares {

            /**
             * Constructs a new UnmaskShares.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.UnmaskShares.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UnmaskShares question. */
            question: Uint8Array;

            /** UnmaskShares shares. */
            shares: collegium.v1.UnmaskShare.$Properties[];

            /**
             * Creates a new UnmaskShares instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnmaskShares instance
             */
            static create(properties: collegium.v1.UnmaskShares.$Shape): collegium.v1.UnmaskShares & collegium.v1.UnmaskShares.$Shape;
            static create(properties?: collegium.v1.UnmaskShares.$Properties): collegium.v1.UnmaskShares;

            /**
             * Encodes the specified UnmaskShares message. Does not implicitly {@link collegium.v1.UnmaskShares.verify|verify} messages.
             * @param message UnmaskShares message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.UnmaskShares.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnmaskShares message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.UnmaskShares & collegium.v1.UnmaskShares.$Shape} UnmaskShares
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.UnmaskShares & collegium.v1.UnmaskShares.$Shape;

            /**
             * Verifies an UnmaskShares message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for UnmaskShares
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace UnmaskShares {

            /** Properties of an UnmaskShares. */
            interface $Properties {

                /** UnmaskShares question */
                question?: (Uint8Array|null);

                /** UnmaskShares shares */
                shares?: (collegium.v1.UnmaskShare.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnmaskShares. */
            type $Shape = collegium.v1.UnmaskShares.$Properties;
        }

        /**
         * Properties of an UnmaskShare.
         * @deprecated Use collegium.v1.UnmaskShare.$Properties instead.
         */
        interface IUnmaskShare extends collegium.v1.UnmaskShare.$Properties {
        }

        /** Represents an UnmaskShare. */
        class UnmaskShare {

            /**
             * Constructs a new UnmaskShare.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.UnmaskShare.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UnmaskShare site. */
            site: string;

            /** UnmaskShare secret. */
            secret: collegium.v1.UnmaskSecret;

            /** UnmaskShare share. */
            share: Uint8Array;

            /**
             * Creates a new UnmaskShare instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnmaskShare instance
             */
            static create(properties: collegium.v1.UnmaskShare.$Shape): collegium.v1.UnmaskShare & collegium.v1.UnmaskShare.$Shape;
            static create(properties?: collegium.v1.UnmaskShare.$Properties): collegium.v1.UnmaskShare;

            /**
             * Encodes the specified UnmaskShare message. Does not implicitly {@link collegium.v1.UnmaskShare.verify|verify} messages.
             * @param message UnmaskShare message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.UnmaskShare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnmaskShare message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.UnmaskShare & collegium.v1.UnmaskShare.$Shape} UnmaskShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.UnmaskShare & collegium.v1.UnmaskShare.$Shape;

            /**
             * Verifies an UnmaskShare message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for UnmaskShare
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace UnmaskShare {

            /** Properties of an UnmaskShare. */
            interface $Properties {

                /** UnmaskShare site */
                site?: (string|null);

                /** UnmaskShare secret */
                secret?: (collegium.v1.UnmaskSecret|null);

                /** UnmaskShare share */
                share?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnmaskShare. */
            type $Shape = collegium.v1.UnmaskShare.$Properties;
        }

        /** UnmaskSecret enum. */
        enum UnmaskSecret {

            /** SELF_MASK value */
            SELF_MASK = 0,

            /** MASK_KEY value */
            MASK_KEY = 1
        }

        /**
         * Properties of a Refusal.
         * @deprecated Use collegium.v1.Refusal.$Properties instead.
         */
        interface IRefusal extends collegium.v1.Refusal.$Properties {
        }

        /** Represents a Refusal. */
        class Refusal {

            /**
             * Constructs a new Refusal.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Refusal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refusal question. */
            question: Uint8Array;

            /** Refusal code. */
            code: string;

            /** Refusal reason. */
            reason: string;

            /**
             * Creates a new Refusal instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Refusal instance
             */
            static create(properties: collegium.v1.Refusal.$Shape): collegium.v1.Refusal & collegium.v1.Refusal.$Shape;
            static create(properties?: collegium.v1.Refusal.$Properties): collegium.v1.Refusal;

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link collegium.v1.Refusal.verify|verify} messages.
             * @param message Refusal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Refusal & collegium.v1.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Refusal & collegium.v1.Refusal.$Shape;

            /**
             * Verifies a Refusal message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Refusal
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Refusal {

            /** Properties of a Refusal. */
            interface $Properties {

                /** Refusal question */
                question?: (Uint8Array|null);

                /** Refusal code */
                code?: (string|null);

                /** Refusal reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refusal. */
            type $Shape = collegium.v1.Refusal.$Properties;
        }

        /**
         * Properties of a Receipt.
         * @deprecated Use collegium.v1.Receipt.$Properties instead.
         */
        interface IReceipt extends collegium.v1.Receipt.$Properties {
        }

        /** Represents a Receipt. */
        class Receipt {

            /**
             * Constructs a new Receipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Receipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Receipt question. */
            question: Uint8Array;

            /**
             * Creates a new Receipt instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Receipt instance
             */
            static create(properties: collegium.v1.Receipt.$Shape): collegium.v1.Receipt & collegium.v1.Receipt.$Shape;
            static create(properties?: collegium.v1.Receipt.$Properties): collegium.v1.Receipt;

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link collegium.v1.Receipt.verify|verify} messages.
             * @param message Receipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Receipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Receipt & collegium.v1.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Receipt & collegium.v1.Receipt.$Shape;

            /**
             * Verifies a Receipt message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Receipt
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Receipt {

            /** Properties of a Receipt. */
            interface $Properties {

                /** Receipt question */
                question?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Receipt. */
            type $Shape = collegium.v1.Receipt.$Properties;
        }

        /**
         * Properties of a SurvivorSet.
         * @deprecated Use collegium.v1.SurvivorSet.$Properties instead.
         */
        interface ISurvivorSet extends collegium.v1.SurvivorSet.$Properties {
        }

        /** Represents a SurvivorSet. */
        class SurvivorSet {

            /**
             * Constructs a new SurvivorSet.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SurvivorSet.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SurvivorSet question. */
            question: Uint8Array;

            /** SurvivorSet sites. */
            sites: string[];

            /**
             * Creates a new SurvivorSet instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SurvivorSet instance
             */
            static create(properties: collegium.v1.SurvivorSet.$Shape): collegium.v1.SurvivorSet & collegium.v1.SurvivorSet.$Shape;
            static create(properties?: collegium.v1.SurvivorSet.$Properties): collegium.v1.SurvivorSet;

            /**
             * Encodes the specified SurvivorSet message. Does not implicitly {@link collegium.v1.SurvivorSet.verify|verify} messages.
             * @param message SurvivorSet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SurvivorSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SurvivorSet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SurvivorSet & collegium.v1.SurvivorSet.$Shape} SurvivorSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SurvivorSet & collegium.v1.SurvivorSet.$Shape;

            /**
             * Verifies a SurvivorSet message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SurvivorSet
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SurvivorSet {

            /** Properties of a SurvivorSet. */
            interface $Properties {

                /** SurvivorSet question */
                question?: (Uint8Array|null);

                /** SurvivorSet sites */
                sites?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SurvivorSet. */
            type $Shape = collegium.v1.SurvivorSet.$Properties;
        }

        /**
         * Properties of a SumRevealed.
         * @deprecated Use collegium.v1.SumRevealed.$Properties instead.
         */
        interface ISumRevealed extends collegium.v1.SumRevealed.$Properties {
        }

        /** Represents a SumRevealed. */
        class SumRevealed {

            /**
             * Constructs a new SumRevealed.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.SumRevealed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SumRevealed question. */
            question: Uint8Array;

            /** SumRevealed sum_hash. */
            sum_hash: Uint8Array;

            /** SumRevealed sites. */
            sites: number;

            /**
             * Creates a new SumRevealed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SumRevealed instance
             */
            static create(properties: collegium.v1.SumRevealed.$Shape): collegium.v1.SumRevealed & collegium.v1.SumRevealed.$Shape;
            static create(properties?: collegium.v1.SumRevealed.$Properties): collegium.v1.SumRevealed;

            /**
             * Encodes the specified SumRevealed message. Does not implicitly {@link collegium.v1.SumRevealed.verify|verify} messages.
             * @param message SumRevealed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.SumRevealed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SumRevealed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.SumRevealed & collegium.v1.SumRevealed.$Shape} SumRevealed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.SumRevealed & collegium.v1.SumRevealed.$Shape;

            /**
             * Verifies a SumRevealed message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for SumRevealed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SumRevealed {

            /** Properties of a SumRevealed. */
            interface $Properties {

                /** SumRevealed question */
                question?: (Uint8Array|null);

                /** SumRevealed sum_hash */
                sum_hash?: (Uint8Array|null);

                /** SumRevealed sites */
                sites?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SumRevealed. */
            type $Shape = collegium.v1.SumRevealed.$Properties;
        }

        /**
         * Properties of a StudentAnnouncement.
         * @deprecated Use collegium.v1.StudentAnnouncement.$Properties instead.
         */
        interface IStudentAnnouncement extends collegium.v1.StudentAnnouncement.$Properties {
        }

        /** Represents a StudentAnnouncement. */
        class StudentAnnouncement {

            /**
             * Constructs a new StudentAnnouncement.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.StudentAnnouncement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StudentAnnouncement run. */
            run: string;

            /** StudentAnnouncement onnx_hash. */
            onnx_hash: Uint8Array;

            /** StudentAnnouncement tfjs_model_hash. */
            tfjs_model_hash: Uint8Array;

            /** StudentAnnouncement tfjs_weights_hash. */
            tfjs_weights_hash: Uint8Array;

            /** StudentAnnouncement card_hash. */
            card_hash: Uint8Array;

            /**
             * Creates a new StudentAnnouncement instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StudentAnnouncement instance
             */
            static create(properties: collegium.v1.StudentAnnouncement.$Shape): collegium.v1.StudentAnnouncement & collegium.v1.StudentAnnouncement.$Shape;
            static create(properties?: collegium.v1.StudentAnnouncement.$Properties): collegium.v1.StudentAnnouncement;

            /**
             * Encodes the specified StudentAnnouncement message. Does not implicitly {@link collegium.v1.StudentAnnouncement.verify|verify} messages.
             * @param message StudentAnnouncement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.StudentAnnouncement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StudentAnnouncement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.StudentAnnouncement & collegium.v1.StudentAnnouncement.$Shape} StudentAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.StudentAnnouncement & collegium.v1.StudentAnnouncement.$Shape;

            /**
             * Verifies a StudentAnnouncement message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for StudentAnnouncement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace StudentAnnouncement {

            /** Properties of a StudentAnnouncement. */
            interface $Properties {

                /** StudentAnnouncement run */
                run?: (string|null);

                /** StudentAnnouncement onnx_hash */
                onnx_hash?: (Uint8Array|null);

                /** StudentAnnouncement tfjs_model_hash */
                tfjs_model_hash?: (Uint8Array|null);

                /** StudentAnnouncement tfjs_weights_hash */
                tfjs_weights_hash?: (Uint8Array|null);

                /** StudentAnnouncement card_hash */
                card_hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StudentAnnouncement. */
            type $Shape = collegium.v1.StudentAnnouncement.$Properties;
        }

        /**
         * Properties of an Evaluation.
         * @deprecated Use collegium.v1.Evaluation.$Properties instead.
         */
        interface IEvaluation extends collegium.v1.Evaluation.$Properties {
        }

        /** Represents an Evaluation. */
        class Evaluation {

            /**
             * Constructs a new Evaluation.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.Evaluation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Evaluation run. */
            run: string;

            /** Evaluation report_hash. */
            report_hash: Uint8Array;

            /**
             * Creates a new Evaluation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Evaluation instance
             */
            static create(properties: collegium.v1.Evaluation.$Shape): collegium.v1.Evaluation & collegium.v1.Evaluation.$Shape;
            static create(properties?: collegium.v1.Evaluation.$Properties): collegium.v1.Evaluation;

            /**
             * Encodes the specified Evaluation message. Does not implicitly {@link collegium.v1.Evaluation.verify|verify} messages.
             * @param message Evaluation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.Evaluation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Evaluation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.Evaluation & collegium.v1.Evaluation.$Shape} Evaluation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.Evaluation & collegium.v1.Evaluation.$Shape;

            /**
             * Verifies an Evaluation message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for Evaluation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Evaluation {

            /** Properties of an Evaluation. */
            interface $Properties {

                /** Evaluation run */
                run?: (string|null);

                /** Evaluation report_hash */
                report_hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Evaluation. */
            type $Shape = collegium.v1.Evaluation.$Properties;
        }

        /**
         * Properties of a BlobRequest.
         * @deprecated Use collegium.v1.BlobRequest.$Properties instead.
         */
        interface IBlobRequest extends collegium.v1.BlobRequest.$Properties {
        }

        /** Represents a BlobRequest. */
        class BlobRequest {

            /**
             * Constructs a new BlobRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.BlobRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlobRequest hash. */
            hash: Uint8Array;

            /** BlobRequest offset. */
            offset: number;

            /**
             * Creates a new BlobRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BlobRequest instance
             */
            static create(properties: collegium.v1.BlobRequest.$Shape): collegium.v1.BlobRequest & collegium.v1.BlobRequest.$Shape;
            static create(properties?: collegium.v1.BlobRequest.$Properties): collegium.v1.BlobRequest;

            /**
             * Encodes the specified BlobRequest message. Does not implicitly {@link collegium.v1.BlobRequest.verify|verify} messages.
             * @param message BlobRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.BlobRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlobRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.BlobRequest & collegium.v1.BlobRequest.$Shape} BlobRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.BlobRequest & collegium.v1.BlobRequest.$Shape;

            /**
             * Verifies a BlobRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for BlobRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BlobRequest {

            /** Properties of a BlobRequest. */
            interface $Properties {

                /** BlobRequest hash */
                hash?: (Uint8Array|null);

                /** BlobRequest offset */
                offset?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlobRequest. */
            type $Shape = collegium.v1.BlobRequest.$Properties;
        }

        /**
         * Properties of a BlobChunk.
         * @deprecated Use collegium.v1.BlobChunk.$Properties instead.
         */
        interface IBlobChunk extends collegium.v1.BlobChunk.$Properties {
        }

        /** Represents a BlobChunk. */
        class BlobChunk {

            /**
             * Constructs a new BlobChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.BlobChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlobChunk hash. */
            hash: Uint8Array;

            /** BlobChunk offset. */
            offset: number;

            /** BlobChunk total. */
            total: number;

            /** BlobChunk content. */
            content: Uint8Array;

            /**
             * Creates a new BlobChunk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BlobChunk instance
             */
            static create(properties: collegium.v1.BlobChunk.$Shape): collegium.v1.BlobChunk & collegium.v1.BlobChunk.$Shape;
            static create(properties?: collegium.v1.BlobChunk.$Properties): collegium.v1.BlobChunk;

            /**
             * Encodes the specified BlobChunk message. Does not implicitly {@link collegium.v1.BlobChunk.verify|verify} messages.
             * @param message BlobChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.BlobChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlobChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.BlobChunk & collegium.v1.BlobChunk.$Shape} BlobChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.BlobChunk & collegium.v1.BlobChunk.$Shape;

            /**
             * Verifies a BlobChunk message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for BlobChunk
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BlobChunk {

            /** Properties of a BlobChunk. */
            interface $Properties {

                /** BlobChunk hash */
                hash?: (Uint8Array|null);

                /** BlobChunk offset */
                offset?: (number|null);

                /** BlobChunk total */
                total?: (number|null);

                /** BlobChunk content */
                content?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlobChunk. */
            type $Shape = collegium.v1.BlobChunk.$Properties;
        }

        /**
         * Properties of an ErrorReply.
         * @deprecated Use collegium.v1.ErrorReply.$Properties instead.
         */
        interface IErrorReply extends collegium.v1.ErrorReply.$Properties {
        }

        /** Represents an ErrorReply. */
        class ErrorReply {

            /**
             * Constructs a new ErrorReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: collegium.v1.ErrorReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorReply code. */
            code: string;

            /** ErrorReply message. */
            message: string;

            /** ErrorReply hint. */
            hint: string;

            /**
             * Creates a new ErrorReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ErrorReply instance
             */
            static create(properties: collegium.v1.ErrorReply.$Shape): collegium.v1.ErrorReply & collegium.v1.ErrorReply.$Shape;
            static create(properties?: collegium.v1.ErrorReply.$Properties): collegium.v1.ErrorReply;

            /**
             * Encodes the specified ErrorReply message. Does not implicitly {@link collegium.v1.ErrorReply.verify|verify} messages.
             * @param message ErrorReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: collegium.v1.ErrorReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {collegium.v1.ErrorReply & collegium.v1.ErrorReply.$Shape} ErrorReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): collegium.v1.ErrorReply & collegium.v1.ErrorReply.$Shape;

            /**
             * Verifies an ErrorReply message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);

            /**
             * Gets the type url for ErrorReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ErrorReply {

            /** Properties of an ErrorReply. */
            interface $Properties {

                /** ErrorReply code */
                code?: (string|null);

                /** ErrorReply message */
                message?: (string|null);

                /** ErrorReply hint */
                hint?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorReply. */
            type $Shape = collegium.v1.ErrorReply.$Properties;
        }
    }
}
