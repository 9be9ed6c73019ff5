using System.Net.Sockets;
using System.Text;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Api;

/// <summary>Whatever is sent: refused with a reason, never a crash, never a change in part.</summary>
public sealed class FuzzTests
{
    // Small ones would be leases that run out between two looks.
    private static readonly Gen<long> Large = Gen.Long[int.MaxValue + 1L, long.MaxValue];

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.Const("null"), Gen.Const("true"), Gen.Const("[]"), Gen.Const("{}"), Gen.Const("\"\""), Gen.Const("1e400"), Gen.Const("-1"), Gen.Const("9223372036854775808"),
        Gen.Const("-9223372036854775809"), Gen.Const("0.1"), Gen.Const("\"\\ud800\""), Gen.Const("\"latency\""), Gen.Const("\"upstream\""), Gen.Const("\"127.0.0.1:0\""),
        Large.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.String.AlphaNumeric.Select(text => $"\"{text}\""));

    private static readonly Gen<string> Names = OneOf(
        "name", "listen", "upstream", "enabled", "type", "stream", "toxicity", "attributes", "latency", "jitter", "rate", "toxics", "lease", "half_close", "dial_timeout", "NAME", "");

    private static readonly Gen<string> Objects = Gen.Select(Names, Scalars).List[0, 8].Select(Object);
    private static readonly Gen<string> Nested = Gen.Select(Gen.Select(Names, Gen.OneOf(Scalars, Objects)).List[0, 8], Gen.Int[0, 3]).Select((fields, cut) =>
    {
        var text = Object(fields);
        return cut == 0 ? text[..(text.Length / 2)] : text;
    });

    [Test]
    public async Task Bodies_of_every_kind()
    {
        await using var server = await ApiServer.StartAsync();
        await server.MustAsync("POST", "/proxies", """{"name":"web","listen":"127.0.0.1:0","upstream":"127.0.0.1:9"}""");
        await server.MustAsync("POST", "/proxies/web/toxics", """{"type":"latency","name":"slow"}""");
        var paths = OneOf("POST /proxies", "PATCH /proxies/web", "POST /populate", "POST /proxies/web/toxics", "PATCH /proxies/web/toxics/slow", "POST /proxies?toxics=true");

        await Gen.Select(paths, Gen.OneOf(Nested, Nested.List[0, 3].Select(list => $"[{string.Join(',', list)}]"), Gen.String)).SampleAsync(async (path, body) =>
        {
            var before = (await server.SendAsync("GET", "/proxies")).Body;
            var answer = await server.SendAsync(path.Split(' ')[0], path.Split(' ')[1], body);
            var after = (await server.SendAsync("GET", "/proxies")).Body;
            return (int)answer.Status switch
            {
                200 or 201 => true,
                400 or 404 or 409 => answer.Body.Contains("\"error\":\"", StringComparison.Ordinal) && before == after,

                // An address that cannot be listened on; then the proxy may have lost its old one, as with the original.
                500 => answer.Body.Contains("listen", StringComparison.Ordinal) || answer.Body.Contains("address", StringComparison.Ordinal)
                    || answer.Body.Contains("lookup", StringComparison.Ordinal),
                _ => false,
            };
        }, iter: 1500, threads: 1);

        Assert.That((int)(await server.SendAsync("GET", "/version")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Deep_nesting_long_names_and_large_bodies()
    {
        await using var server = await ApiServer.StartAsync();
        var deep = new string('[', 100_000) + new string(']', 100_000);
        Assert.That((int)(await server.SendAsync("POST", "/proxies", deep)).Status, Is.EqualTo(400));
        Assert.That((int)(await server.SendAsync("POST", "/proxies", new string('x', 1_000_000))).Status, Is.EqualTo(400));

        var name = new string('n', 5_000);
        await server.MustAsync("POST", "/proxies", $$"""{"name":"{{name}}","listen":"127.0.0.1:0","upstream":"127.0.0.1:9"}""");
        await server.MustAsync("POST", $"/proxies/{name}/toxics", """{"type":"noop"}""");
        await server.MustAsync("DELETE", $"/proxies/{name}");
        var megabyte = $$"""{"name":"{{new string('n', 1_000_000)}}","listen":"127.0.0.1:0","upstream":"127.0.0.1:9"}""";
        await server.MustAsync("POST", "/proxies", megabyte);

        Assert.That((int)(await server.SendAsync("GET", "/version")).Status, Is.EqualTo(200));
    }

    [TestCase("GET /proxies HTTP/1.1\r\nHost: x\r\n")]
    [TestCase("POST /proxies HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\":")]
    [TestCase("\0\u0001\u0002 nonsense\r\n\r\n")]
    public async Task A_client_that_never_finishes_delays_nobody(string beginning)
    {
        await using var server = await ApiServer.StartAsync();
        var slow = new List<Socket>();
        for (var count = 0; count < 50; count++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", server.Http.BaseAddress!.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));
            slow.Add(socket);
        }

        Assert.That((int)(await server.SendAsync("GET", "/version")).Status, Is.EqualTo(200));
        slow.ForEach(socket => socket.Dispose());
    }

    [Test]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xff, .. "\",\"upstream\":\"x:1\"}"u8]);
        using var answer = await server.Http.PostAsync(new Uri("/proxies", UriKind.Relative), content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Object(List<(string Name, string Value)> fields) => $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"))}}}";
}
