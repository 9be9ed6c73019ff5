using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Haproxy;

namespace ChaosHarness.LocalCloud.Tests.LoadBalancing;

/// <summary>A load balancer of AWS sends a request once: one that was lost is the client's to repeat.</summary>
[NonParallelizable]
public sealed class SentOnceTests
{
    [TestCase(false, 1, 502)]
    [TestCase(true, 3, 502)]
    public async Task What_a_server_hangs_up_on_is_sent_again_only_where_that_was_asked_for(bool sendsAgain, int times, int status)
    {
        Assume.That(OperatingSystem.IsLinux(), "HAProxy is started as a process");
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        var posts = new ConcurrentQueue<string>();
        var (port, serving) = (FreePorts.Next(), new List<Task> { ServeAsync(one, posts, over.Token), ServeAsync(other, posts, over.Token) });
        await using var folder = SystemFolder.Create();
        var home = await folder.AddAsync("haproxy", null, over.Token);
        var plan = new HaproxyPlan($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "/health", $"server one {one.LocalEndpoint}", $"server other {other.LocalEndpoint}") { SendsAgain = sendsAgain };
        using var haproxy = await ManagedProcess.StartAsync(await plan.PrepareAsync("haproxy", home, over.Token));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        while (await StatusAsync(client, HttpMethod.Get, over.Token) != 200)
        {
            await Task.Delay(50, over.Token);
        }

        // On a connection that was used before HAProxy hangs up as well, and says nothing.
        using var fresh = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = client.BaseAddress };
        Assert.That(await StatusAsync(fresh, HttpMethod.Post, over.Token), Is.EqualTo(status));
        Assert.That(posts, Has.Count.EqualTo(times));

        await haproxy.KillAsync();
        await over.CancelAsync();
        await Task.WhenAll(serving);
    }

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, "/health") { Content = method == HttpMethod.Post ? new StringContent("{}") : null };
            using var answer = await client.SendAsync(request, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    // Well by its checks, and hangs up on whoever posts.
    private static async Task ServeAsync(TcpListener listener, ConcurrentQueue<string> posts, CancellationToken over)
    {
        listener.Start();
        var buffer = new byte[4096];
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(over);
                var request = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, over));
                if (request.StartsWith("POST", StringComparison.Ordinal))
                {
                    posts.Enqueue(request);
                }
                else
                {
                    await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), over);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The test is over, or a check has hung up.
            }
        }
    }
}
