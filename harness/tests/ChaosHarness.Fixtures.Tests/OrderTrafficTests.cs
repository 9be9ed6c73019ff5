using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What customers take for an acknowledgement.</summary>
public sealed class OrderTrafficTests
{
    [TestCase("{\"id\":7,\"committedBy\":\"db-a\"}", true, null)]
    [TestCase("{\"id\":7,\"committ", false, OrderTraffic.TruncatedSuccess)]
    [TestCase("", false, OrderTraffic.TruncatedSuccess)]
    [TestCase("{\"id\":8,\"committedBy\":\"db-a\"}", false, "the answer is about another order")]
    public async Task Only_a_whole_answer_about_the_order_is_one(string body, bool acknowledged, string? detail)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var orders = new OrderTraffic(new Uri($"http://{server.LocalEndpoint}"), _ => AsyncEnumerable.Empty<long>());
        var sending = orders.Place(1).Send(new WriteAttempt(7, 0), CancellationToken.None).AsTask();
        using var client = await server.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var outcome = await sending;

        Assert.That((outcome.Acknowledged, outcome.Detail), Is.EqualTo((acknowledged, detail)));
    }
}
