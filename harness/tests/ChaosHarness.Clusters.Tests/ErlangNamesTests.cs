using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Fixtures.RabbitMq;

namespace ChaosHarness.Clusters.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ErlangNamesTests
{
    private static readonly byte[] Node = [120, 0x30, 0x39, 77, 0, 0, 6, 0, 5, 0, 3, (byte)'c', (byte)'l', (byte)'i', 0, 0];
    private readonly ConcurrentDictionary<string, int> _programs = new();

    [Test]
    public async Task Each_node_is_told_its_own_way_to_another()
    {
        await using var ofOne = Begin(new() { ["rabbit-b"] = 1111 });
        await using var ofTwo = Begin(new() { ["rabbit-b"] = 2222 });

        Assert.That((await PortOfAsync(ofOne, "rabbit-b"), await PortOfAsync(ofTwo, "rabbit-b")), Is.EqualTo((1111, 2222)));
        Assert.That(await PortOfAsync(ofOne, "rabbit-z"), Is.Null);
    }

    [Test]
    public async Task A_program_that_asks_one_node_is_found_by_all_for_as_long_as_it_runs()
    {
        await using var ours = Begin([]);
        await using var ofANode = Begin([]);
        using (var program = await AskAsync(ours, Node))
        {
            var answer = new byte[6];
            await program.GetStream().ReadExactlyAsync(answer);
            Assert.That((answer[0], answer[1]), Is.EqualTo(((byte)118, (byte)0)), "it is registered");
            Assert.That(await PortOfAsync(ofANode, "cli"), Is.EqualTo(12345));
        }

        Assert.That(() => _programs, Is.Empty.After(10_000, 10));
    }

    [TestCase(new byte[] { 0, 0 })]
    [TestCase(new byte[] { 0, 1, 99 })]
    [TestCase(new byte[] { 0, 2, 120, 1 })]
    [TestCase(new byte[] { 0, 9, 122 })]
    public async Task What_is_no_question_ends_nothing_but_itself(byte[] said)
    {
        await using var names = Begin(new() { ["rabbit-b"] = 1111 });
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, names.Port);
            await client.GetStream().WriteAsync(said);
        }

        Assert.That(await PortOfAsync(names, "rabbit-b"), Is.EqualTo(1111));
    }

    private ErlangNames Begin(Dictionary<string, int> ways)
    {
        var names = new ErlangNames(ways, _programs);
        names.Begin();
        return names;
    }

    private static async Task<int?> PortOfAsync(ErlangNames names, string node)
    {
        using var client = await AskAsync(names, [122, .. System.Text.Encoding.ASCII.GetBytes(node)]);
        var answer = new byte[256];
        var length = await client.GetStream().ReadAtLeastAsync(answer, 2);
        return answer[1] == 0 && length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)) : null;
    }

    private static async Task<TcpClient> AskAsync(ErlangNames names, byte[] question)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, names.Port);
        await client.GetStream().WriteAsync((byte[])[0, (byte)question.Length, .. question]);
        return client;
    }
}
