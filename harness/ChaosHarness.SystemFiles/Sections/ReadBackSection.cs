using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>How writes are looked up in the database that they end in.</summary>
internal static class ReadBackSection
{
    public static readonly Field<string> Connect = new("connect", Texts.Filled, "The connection string of Npgsql; ${NAME} in it is a variable of the environment, for the password.") { IsRequired = true };

    public static readonly Field<string> Query = new("query", Texts.Plain, "A query whose first column has the ids of everything stored.") { IsRequired = true };

    public static readonly Section Section = new("read-back", "How writes are looked up in the PostgreSQL that they end in, whichever way they are sent.", [Connect, Query]);
}
