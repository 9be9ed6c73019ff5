using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using ChaosHarness.Processes;
using ChaosHarness.Toxiproxy.Server;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>Brings up the proxies to compare, all on the same servers.</summary>
internal sealed class Contenders : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _ends = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("proxies").FullName;

    public Servers Servers { get; } = new();

    public List<Contender> All { get; } = [];

    public static async Task<Contenders> StartAsync()
    {
        var contenders = new Contenders();
        var web = await contenders.StartWebAsync();
        contenders.All.Add(new Contender("direct", contenders.Servers.EchoPort, contenders.Servers.SinkPort, web, null));
        await contenders.StartHaproxyAsync(web);
        await contenders.StartNginxAsync(web);

        var process = await ToxiproxyProcess.StartAsync();
        contenders._ends.Push(async () => await process.DisposeAsync());
        await contenders.AddAsync("ours", process.Url, process.ProcessId, web);

        var embedded = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Host = "127.0.0.1", Port = 0 });
        contenders._ends.Push(async () => await embedded.DisposeAsync());
        await contenders.AddAsync("ours, embedded", embedded.Url, null, web);
        return contenders;
    }

    public async ValueTask DisposeAsync()
    {
        while (_ends.TryPop(out var end))
        {
            await end();
        }

        Servers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddAsync(string name, Uri api, int? process, int web)
    {
        using var client = new HttpClient { BaseAddress = api };
        var ports = new List<int>();
        foreach (var upstream in new[] { Servers.EchoPort, Servers.SinkPort, web })
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{upstream}");
            using var answer = await client.PostAsJsonAsync(new Uri("/proxies", UriKind.Relative), new { name = text, listen = "127.0.0.1:0", upstream = text });
            var proxy = await answer.Content.ReadFromJsonAsync<JsonElement>();
            ports.Add(int.Parse(proxy.GetProperty("listen").GetString()!.Split(':')[1], CultureInfo.InvariantCulture));
        }

        All.Add(new Contender(name, ports[0], ports[1], ports[2], process));
    }

    private async Task<int> StartWebAsync()
    {
        var port = FreePorts.Next();
        await StartAsync("web", "nginx", Nginx($$"""
            http {
                access_log off;
                keepalive_requests 1000000000;
                server {
                    listen 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}} backlog=4096;
                    location / { return 200 "{{new string('x', 128)}}"; }
                }
            }
            """, "web"), port);
        return port;
    }

    private async Task StartHaproxyAsync(int web)
    {
        var (echo, sink, http) = (FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
        var lines = new List<string>
        {
            "global", "maxconn 4000", "nbthread 1", "defaults", "mode tcp", "option splice-auto",
            "timeout connect 5s", "timeout client 60s", "timeout server 60s",
        };
        foreach (var (from, to) in new[] { (echo, Servers.EchoPort), (sink, Servers.SinkPort), (http, web) })
        {
            lines.AddRange([$"listen l{from}", $"bind 127.0.0.1:{from} backlog 4096", $"server s 127.0.0.1:{to}"]);
        }

        var file = Path.Combine(_folder, "haproxy.cfg");
        await File.WriteAllLinesAsync(file, lines);
        var process = await StartAsync("haproxy", "haproxy", ["-db", "-f", file], echo);
        All.Add(new Contender("HAProxy", echo, sink, http, process));
    }

    private async Task StartNginxAsync(int web)
    {
        var (echo, sink, http) = (FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
        var servers = new[] { (echo, Servers.EchoPort), (sink, Servers.SinkPort), (http, web) }
            .Select(pair => $"server {{ listen 127.0.0.1:{pair.Item1} backlog=4096; proxy_pass 127.0.0.1:{pair.Item2}; tcp_nodelay on; }}");
        var arguments = Nginx($"stream {{ {string.Join('\n', servers)} }}", "stream", "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n");
        All.Add(new Contender("nginx", echo, sink, http, await StartAsync("nginx", "nginx", arguments, echo)));
    }

    private string[] Nginx(string section, string name, string modules = "")
    {
        var file = Path.Combine(_folder, name + ".conf");
        File.WriteAllText(file, $"""
            {modules}daemon off;
            master_process off;
            pid {_folder}/{name}.pid;
            error_log stderr crit;
            worker_rlimit_nofile 20000;
            events {"{"} worker_connections 9000; {"}"}
            {section}
            """);
        return ["-c", file, "-p", _folder];
    }

    private async Task<int> StartAsync(string name, string program, IReadOnlyList<string> arguments, int port)
    {
        var process = await ManagedProcess.StartAsync(new ProcessPlan(name, Executable.Find(program, ["/usr/sbin"], program), arguments, _folder));
        _ends.Push(async () =>
        {
            await process.KillAsync();
            process.Dispose();
        });
        await process.ReadyAsync(_ => Task.FromResult(Answers(port)), TimeSpan.FromSeconds(10), CancellationToken.None);
        return process.Identity.Id;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var socket = Measures.Connect(port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
