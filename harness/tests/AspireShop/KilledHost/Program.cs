using Aspire.Hosting.Testing;
using ChaosHarness.Aspire;
using ChaosHarness.Faults.Processes;

// Brings the shop up as a test does, freezes a replica of it, says so, and waits until it is killed.
var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireShop_AppHost>();
var app = await builder.AddChaos().BuildAsync();
await app.StartAsync();
var shop = AspireSystem.Of(app);
var replica = await shop.Replica("api-1").FindAsync(CancellationToken.None);
ProcessSignals.FreezeTree(replica!.Value);
Console.WriteLine($"frozen {replica.Value.Id}");
await Task.Delay(Timeout.Infinite);
