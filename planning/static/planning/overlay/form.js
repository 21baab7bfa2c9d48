// Another layer has other fields: choosing one asks the page for them.
export {};

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-overlay-form]"));

/** @param {string} name */
const select = (name) => /** @type {HTMLSelectElement | null} */ (form?.querySelector(`select[name="${name}"]`) ?? null);

for (const name of ["what", "by"]) {
  select(name)?.addEventListener("change", () => {
    const field = select(`${name}_field`);
    if (field) field.disabled = true;
    if (select("what")?.value && select("by")?.value) form?.submit();
  });
}
