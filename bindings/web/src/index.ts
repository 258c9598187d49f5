import { CredstackEligibility } from "./element.ts";

customElements.define("credstack-eligibility", CredstackEligibility);
