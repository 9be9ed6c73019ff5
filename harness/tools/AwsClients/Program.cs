using AwsClients;

// Example: dotnet run --project harness/tools/AwsClients -- ~/models/fis.json FIS harness/ChaosHarness.Aws/FIS
// Models come with every AWS SDK: botocore keeps them as data/SERVICE/VERSION/service-2.json.
if (args is not [var model, var service, var folder])
{
    Console.Error.WriteLine("usage: AwsClients MODEL.json SERVICE FOLDER");
    return 2;
}

ClientWriter.Write(ServiceModel.Load(model), service, folder);
return 0;
