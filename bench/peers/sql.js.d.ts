/** The part of sql.js that is used here; the package brings no types. */
declare module "sql.js" {
  type Value = string | number | null;

  export interface Statement {
    run(values: readonly Value[]): void;
    get(values: readonly Value[]): Value[];
    free(): boolean;
  }

  export interface Database {
    run(sql: string, values?: readonly Value[]): void;
    exec(sql: string): { readonly values: Value[][] }[];
    prepare(sql: string): Statement;
    close(): void;
  }

  export default function initialise(): Promise<{ readonly Database: new () => Database }>;
}
