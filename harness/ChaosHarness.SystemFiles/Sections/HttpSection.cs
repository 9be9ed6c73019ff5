using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Writes over HTTP.</summary>
internal static class HttpSection
{
    public static readonly Field<Uri> Post = new("post", Texts.Address, "Where writes are posted to; {id} in it is the id of the write.");

    public static readonly Field<Uri> Put = new("put", Texts.Address, "Where writes are put to; {id} in it is the id of the write.");

    public static readonly Field<string> Body = new("body", Texts.Plain, """What is sent; {id} in it is the id of the write. Default: {"id":"{id}"}.""");

    public static readonly Field<string> MediaType = new("media-type", Texts.Plain, "What the body is. Default: application/json.");

    public static readonly Field<string> IdFrom = new("id-from", Texts.Plain, "The member of the answer that says what the service calls the write. Default: it is called by the id.");

    public static readonly Field<Uri> ReadBack = new("read-back", Texts.Address, "Where the ids of everything stored are read: a JSON array of them, or of objects that have them. Default: lost writes are not looked for.");

    public static readonly Field<IReadOnlyDictionary<string, string>> Headers = new("headers", new MapForm("headers"), "Headers of each request; ${NAME} in them is a variable of the environment.");

    public static readonly Section Section = new("http", "Writes over HTTP: an answer of 200 to 299 acknowledges.", [Post, Put, Body, MediaType, IdFrom, ReadBack, Headers], Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        if (values.Has(Post) == values.Has(Put))
        {
            mistakes.Add(values.At, "writes over http need either post or put, an address.");
        }
    }
}
