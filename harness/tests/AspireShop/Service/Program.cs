using System.Globalization;
using Npgsql;

// One program for both resources of the shop: where it is told of an API it is the front, and passes on what that says.
var app = WebApplication.Create(args);
var api = app.Configuration["services:api:http:0"];
// A connection a request: each may reach another replica.
using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(1) };

app.MapGet("/", async (CancellationToken token) => Results.Text(api is null ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : await http.GetStringAsync(api, token)));
// Sick for as long as there is a file.
app.MapGet("/health", () => File.Exists(app.Configuration["Sick"]) ? Results.StatusCode(503) : Results.Ok());
app.MapPost("/says", (string what) => Console.WriteLine($"\e[32msomebody\e[0m says {what}"));
app.MapGet("/orders", async (CancellationToken token) =>
{
    await using var source = NpgsqlDataSource.Create(app.Configuration.GetConnectionString("orders")!);
    await using var command = source.CreateCommand("SELECT 4711");
    return await command.ExecuteScalarAsync(token);
});
app.Run();
