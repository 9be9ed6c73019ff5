using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Writes to PostgreSQL.</summary>
internal static class SqlSection
{
    public static readonly Field<string> Connect = new("connect", Texts.Filled, "The connection string of Npgsql; ${NAME} in it is a variable of the environment, for the password.") { IsRequired = true };

    public static readonly Field<string> Write = new("write", Texts.Plain, "The statement; {id} in it is the id of the write, a whole number of 63 bits.") { IsRequired = true };

    public static readonly Field<string> ReadBack = new("read-back", Texts.Plain, "A query whose first column has the ids of everything stored. Default: lost writes are not looked for.");

    public static readonly Section Section = new("sql", "Writes to PostgreSQL: a statement that commits acknowledges.", [Connect, Write, ReadBack]);
}
