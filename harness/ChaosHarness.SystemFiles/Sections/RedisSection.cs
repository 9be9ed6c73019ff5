using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Writes to Redis.</summary>
internal static class RedisSection
{
    public static readonly Field<Endpoint> Address = new("address", Texts.Endpoint, "The server.") { IsRequired = true };

    public static readonly Field<string> User = new("user", Texts.Filled, "The user. Default: the default one.");

    public static readonly Field<string> Password = new("password", Texts.Filled, "The password, as ${NAME}, a variable of the environment.");

    public static readonly Field<IReadOnlyList<string>> Write = new("write", Texts.Command, "The command, such as SET order:{id} 1; {id} in it is the id of the write.") { IsRequired = true };

    public static readonly Field<IReadOnlyList<string>> ReadBack = new("read-back", Texts.Command, "A command whose answer has the ids of everything stored in its texts, such as KEYS order:*. Default: lost writes are not looked for.");

    public static readonly Section Section = new("redis", "Writes to Redis: an answer that is no error acknowledges.", [Address, User, Password, Write, ReadBack]);
}
